/** People and patients of the pretended station: none; names are typed, as in a clinic without accounts. */
import type { Handlers } from '../../core/api/commands.ts';
import type { IdentityView } from '../../core/api/people-views.ts';
import { RefusedError } from '../../core/api/serve.ts';
import { COURSE_TEMPLATES } from '../../core/course/template.ts';
import { DEFAULT_IDLE } from '../../core/people/presence.ts';

export const FAKE_IDENTITY: IdentityView = {
  state: 'open',
  person: null,
  emergency: null,
  idle: DEFAULT_IDLE,
  people: [],
  unexplained: 0,
};

const refuse = (): never => {
  throw new RefusedError('not-allowed', 'The pretended station has neither accounts nor patients.');
};

type PeopleCommand = Extract<
  keyof Handlers,
  | `auth.${string}`
  | `people.${string}`
  | `patient.${string}`
  | `course.${string}`
  | `record.${string}`
  | 'identity.get'
>;

export const fakePeopleHandlers: Pick<Handlers, PeopleCommand> = {
  'identity.get': () => FAKE_IDENTITY,
  'auth.signIn': refuse,
  'auth.signOut': () => FAKE_IDENTITY,
  'auth.lock': () => FAKE_IDENTITY,
  'auth.active': () => ({}),
  'auth.changeSecret': refuse,
  'auth.vouch': refuse,
  'auth.emergency': refuse,
  'auth.emergencies': () => [],
  'auth.explainEmergency': refuse,
  'people.list': () => [],
  'people.add': refuse,
  'people.change': refuse,
  'people.setSecret': refuse,
  'patient.search': () => [],
  'patient.get': refuse,
  'patient.register': refuse,
  'patient.change': refuse,
  'patient.audit': () => [],
  'course.templates': () => COURSE_TEMPLATES,
  'course.open': refuse,
  'course.change': refuse,
  'course.close': refuse,
  'course.response': refuse,
  'course.overlay': refuse,
  'record.worklist': () => [],
  'record.sign': refuse,
  'record.addendum': refuse,
};
