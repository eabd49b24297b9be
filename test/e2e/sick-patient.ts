/** A simulated patient on whom three kinds of alarm are on at once, from the first seconds. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonitorEntry, Stage } from './stage.ts';
import { freePort } from './support.ts';

const SICK = {
  name: 'sick-patient',
  title: 'Three alarms at once',
  patient: { heartRate: 165, systolic: 208, diastolic: 126, spo2: 80, respiratoryRate: 14 },
  cuff: { firstAtS: 10, intervalS: 60 },
};

/** Starts the simulated monitor; the entry that configures it. */
export const sickPatient = async (stage: Stage): Promise<MonitorEntry> => {
  const port = await freePort();
  const scenario = join(stage.folder(), 'sick-patient.json');
  writeFileSync(scenario, JSON.stringify(SICK));
  const line = ['--tcp', `127.0.0.1:${port}`, '--scenario', scenario, '--speed', '10'];
  await stage.simulate(['--device', 'ge-s5-dri', ...line]);
  return {
    id: 'b650',
    family: 'ge-s5-dri',
    address: { kind: 'tcp', host: '127.0.0.1', port },
    options: { intervalS: 1 },
  };
};
