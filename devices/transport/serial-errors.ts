/**
 * What the operating system says about a serial port, as one line that names the next step. The wording of the
 * system errors is that of @serialport/bindings-cpp 13 (it gives no error codes, only texts), seen on Linux on
 * PTYs and plain files; the Windows wordings are from its source.
 */
import { readFile, stat } from 'node:fs/promises';
import type { TransportError, TransportErrorCode } from './transport.ts';

const KINDS: readonly { readonly pattern: RegExp; readonly code: TransportErrorCode }[] = [
  // Linux and macOS take an advisory lock; another Chairside or terminal program holds it.
  { pattern: /cannot lock port|device or resource busy|EBUSY/i, code: 'busy' },
  { pattern: /permission denied|operation not permitted|EACCES|EPERM/i, code: 'denied' },
  // Windows answers "Access denied" to the second one who opens a COM port; ports have no permissions there.
  { pattern: /access denied/i, code: 'busy' },
  {
    pattern: /no such (file|device)|file not found|port does not exist|ENOENT|ENXIO|ENODEV/i,
    code: 'not-found',
  },
];

/**
 * The group that owns a device file, so that the message can name it; null when it cannot be found out
 * (no such file, Windows, a group that is only in a directory service).
 */
export const owningGroup = async (path: string, groupFile = '/etc/group'): Promise<string | null> => {
  try {
    const { gid } = await stat(path);
    const line = (await readFile(groupFile, 'utf8'))
      .split('\n')
      .map((row) => row.split(':'))
      .find((row) => row[2] === String(gid));
    return line?.[0] ?? null;
  } catch {
    // The answer only improves a message about another failure, which is reported in any case.
    return null;
  }
};

const deniedMessage = (path: string, group: string | null): string => {
  if (group === null)
    return `${path}: no permission to open it; ask the administrator for access to serial ports`;
  // Joining root would hand over the machine: such a port wants a udev rule.
  if (group === 'root')
    return `${path}: no permission: it belongs to root alone; ask the administrator for a udev rule that gives it to a group such as dialout`;
  return `${path}: no permission: join the group that owns it, e.g. \`sudo usermod -aG ${group} $USER\`, then sign in again`;
};

/** Explains why a serial port could not be opened. */
export const explainOpenFailure = async (
  path: string,
  error: Error,
  findGroup: (path: string) => Promise<string | null> = owningGroup,
): Promise<TransportError> => {
  const code = KINDS.find((kind) => kind.pattern.test(error.message))?.code ?? 'io';
  const systemWords = error.message.replace(/^Error:?\s+/, '');
  switch (code) {
    case 'not-found':
      return { code, message: `${path} is not there; is the adapter plugged in?` };
    case 'denied':
      return { code, message: deniedMessage(path, await findGroup(path)) };
    case 'busy':
      return { code, message: `${path} is in use by another program; close it there first` };
    default:
      return { code, message: `${path} could not be opened: ${systemWords}` };
  }
};

/** Explains why an open serial port ended by itself. The system's own words ("bad file descriptor") only confuse. */
export const explainLoss = (path: string): TransportError => ({
  code: 'lost',
  message: `${path} went away; was the adapter unplugged?`,
});
