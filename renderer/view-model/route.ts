/** The screens, by the part of the address behind the `#`. */
import { REGISTERS, type RegisterName } from '../../core/api/people-views.ts';
import {
  type ChairId,
  type CourseId,
  chairId,
  courseId,
  type PatientId,
  patientId,
  type SessionId,
  sessionId,
} from '../../core/ids.ts';

export type Route =
  | { readonly screen: 'room' }
  | { readonly screen: 'chair'; readonly chairId: ChairId }
  | { readonly screen: 'monitors' }
  | { readonly screen: 'sessions'; readonly sessionId: SessionId | null }
  | { readonly screen: 'sheet'; readonly sessionId: SessionId }
  | {
      readonly screen: 'patients';
      readonly register: RegisterName | null;
      readonly patientId: PatientId | null;
    }
  | { readonly screen: 'course'; readonly register: RegisterName; readonly courseId: CourseId }
  | { readonly screen: 'clinic' }
  | { readonly screen: 'people' }
  | { readonly screen: 'about' };

/** The screen of `#/…`; anything unknown is the room. */
export const parseRoute = (hash: string): Route => {
  const [screen, rest, further] = hash.replace(/^#\/?/, '').split('/');
  const id = rest === undefined || rest === '' ? null : decode(rest);
  if (screen === 'chair' && id !== null) return { screen: 'chair', chairId: chairId(id) };
  if (screen === 'monitors') return { screen: 'monitors' };
  if (screen === 'sessions') return { screen: 'sessions', sessionId: id === null ? null : sessionId(id) };
  if (screen === 'sheet' && id !== null) return { screen: 'sheet', sessionId: sessionId(id) };
  if (screen === 'patients') {
    const register = REGISTERS.find((name) => name === rest) ?? null;
    const patient = register === null || further === undefined || further === '' ? null : decode(further);
    return { screen: 'patients', register, patientId: patient === null ? null : patientId(patient) };
  }
  if (screen === 'course') {
    const register = REGISTERS.find((name) => name === rest);
    const course = further === undefined || further === '' ? null : decode(further);
    if (register !== undefined && course !== null) {
      return { screen: 'course', register, courseId: courseId(course) };
    }
  }
  if (screen === 'clinic') return { screen: 'clinic' };
  if (screen === 'people') return { screen: 'people' };
  if (screen === 'about') return { screen: 'about' };
  return { screen: 'room' };
};

const decode = (part: string): string | null => {
  try {
    return decodeURIComponent(part);
  } catch {
    return null; // a broken escape is no id
  }
};

/** The address of a chair's screen. */
export const chairHash = (id: ChairId): string => `#/chair/${encodeURIComponent(id)}`;
/** The address of a session's review. */
export const sessionHash = (id: SessionId): string => `#/sessions/${encodeURIComponent(id)}`;
/** The address of the sheet that the patient takes home. */
export const sheetHash = (id: SessionId): string => `#/sheet/${encodeURIComponent(id)}`;
/** The address of a patient's page. */
export const patientHash = (register: RegisterName, id: PatientId): string =>
  `#/patients/${register}/${encodeURIComponent(id)}`;
/** The address of a course across its visits. */
export const courseHash = (register: RegisterName, id: CourseId): string =>
  `#/course/${register}/${encodeURIComponent(id)}`;
/** The address of the clinic's own picture. */
export const CLINIC_HASH = '#/clinic';
