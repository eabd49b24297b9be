/** The clinic's own picture, from the facts of its sessions. */
import type { Handlers } from '../core/api/commands.ts';
import { clinicPicture } from '../core/finding/clinic-picture.ts';
import { EVERY_SESSION } from '../core/finding/find.ts';
import type { EpochMs } from '../core/time.ts';
import type { Finding } from './finding.ts';

export const clinicPictureCommand =
  (finding: Pick<Finding, 'all'>, flush: () => void): Handlers['clinic.picture'] =>
  ({ from, to, origin }) => {
    flush();
    const { facts, pending } = finding.all({ ...EVERY_SESSION, from, to, origin });
    return { ...clinicPicture(facts, { origin, from, to, monthOf }), pending };
  };

/** In the zone of the station's computer, as every screen has its days. */
const monthOf = (at: EpochMs): string => {
  const date = new Date(at);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
};
