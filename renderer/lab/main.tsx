/** Entry of the lab's page. */
import { createRoot } from 'react-dom/client';
import { apiUrl, websocketSource } from '../channel/websocket.ts';
import { LabApp } from './lab-app.tsx';
import { startLabLink } from './lab-link.ts';
import '../theme/tokens.css';
import '../theme/base.css';
import './lab.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const link = startLabLink(websocketSource(() => new WebSocket(apiUrl(location))));
createRoot(root).render(<LabApp link={link} />);
