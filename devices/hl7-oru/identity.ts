/** Which device speaks, from what its messages say of it. */
import type { DeviceIdentity } from '../../core/observation/device-report.ts';
import type { ObxRow, OruMessage } from './message.ts';

export interface IdentityReader {
  /** What is known after this message. */
  next(message: OruMessage): DeviceIdentity;
}

/**
 * The device that measured (OBX-18), where all rows that name one name the same; else the sender (MSH-3). A message that names
 * none, as one with a cuff reading only may, changes nothing: the same sender goes on as the same device.
 * @param isGateway the sender speaks for several beds: its own number is then no monitor's, and not given.
 */
export const createIdentityReader = (isGateway: boolean): IdentityReader => {
  let sender = '';
  let device: ObxRow['equipment'] | null = null;
  return {
    next({ header, groups }) {
      if (header.sendingApplication !== sender) device = null;
      sender = header.sendingApplication;
      device = commonDevice(groups.flatMap(({ rows }) => rows)) ?? device;
      const [application = '', number = ''] = sender.split(header.delimiters.component);
      if (device !== null) {
        return { model: device.name || application || 'HL7 sender', serial: device.id, software: null };
      }
      return {
        model: application || 'HL7 sender',
        serial: isGateway || number === '' ? null : number,
        software: null,
      };
    },
  };
};

const commonDevice = (rows: readonly ObxRow[]): ObxRow['equipment'] | null => {
  const [first, ...others] = rows.map(({ equipment }) => equipment).filter(({ id }) => id !== '');
  return first !== undefined && others.every(({ id }) => id === first.id) ? first : null;
};
