/** People, patients and signatures of a station, put together: what `station.ts` needs of them in one piece. */
import type { Handlers } from '../../core/api/commands.ts';
import type { StationView } from '../../core/api/views.ts';
import type { PatientId, SessionId } from '../../core/ids.ts';
import { recordSubject } from '../../core/registry/events.ts';
import type { DataOrigin, SessionEvent } from '../../core/session/events.ts';
import type { Chair } from '../chair.ts';
import type { StationConfig } from '../config.ts';
import { exportCommands } from '../export-commands.ts';
import type { FanOutHost, SharedHandlers, WindowParts } from '../fan-out.ts';
import { databaseOf } from '../history-commands.ts';
import { originOf, type StationDeps } from '../ports.ts';
import type { Roster } from '../roster.ts';
import { createAccounts } from './accounts.ts';
import { createAudit } from './audit.ts';
import { authCommands, peopleCommands } from './auth-commands.ts';
import { courseTemplatesOf, idleRulesOf } from './config.ts';
import { courseOverlay } from './course-overlay.ts';
import type { Desk } from './desk.ts';
import { createDoor, type Door } from './door.ts';
import { patientCommands } from './patient-commands.ts';
import { recordCommands } from './record-commands.ts';
import { createRegister, type Register } from './register.ts';
import { DEFAULT_SECRET_COST } from './secrets.ts';
import { type WhoseSessionOf, whoseSession } from './session-patient.ts';
import { createVisits } from './visits.ts';
import { type Authoriser, createVouchers } from './vouchers.ts';

/** Commands that need to know whose window it is. */
export type StaffCommand = Extract<
  keyof Handlers,
  | `auth.${string}`
  | `people.${string}`
  | `patient.${string}`
  | `course.${string}`
  | `record.${string}`
  | 'identity.get'
  | 'session.export'
  | 'session.exportPart'
>;

export interface Staff {
  /** For commands that want a second person or a physician. */
  readonly authoriser: Authoriser;
  readonly whoseSession: WhoseSessionOf;
  openDoor(parts: {
    readonly fanOut: FanOutHost;
    readonly roster: Roster;
    readonly view: () => StationView;
    readonly flush: () => void;
    /** What does not need to know whose window it is. */
    readonly handlers: Omit<SharedHandlers, StaffCommand>;
    readonly recentWaves: WindowParts['recentWaves'];
    /** What the database refuses is told as such. */
    readonly guarded: (handlers: SharedHandlers) => SharedHandlers;
  }): Door;
  /** Names the end of each register in the station's own record. */
  anchor(): void;
}

export const createStaff = (
  config: StationConfig,
  deps: StationDeps,
  chairs: () => readonly Chair[],
): Staff => {
  const { clock, databases, newId, log } = deps;
  const registers = {
    live: createRegister(databases.live),
    simulated: createRegister(databases.synthetic),
  };
  // A demonstration has staff of its own, except on a folder of a clinic that has accounts: those keep it closed.
  const isPretended = deps.demo && registers.live.people().length === 0;
  const register = isPretended ? registers.simulated : registers.live;
  const accounts = createAccounts(register, clock.now, newId, deps.secretCost ?? DEFAULT_SECRET_COST);
  const vouchers = createVouchers(register, accounts, clock.now);
  const visits = createVisits();
  const audit = createAudit(clock.now, log);
  const registerOf = (origin: DataOrigin): Register =>
    origin === 'live' ? registers.live : registers.simulated;

  /** The register beside the record of this session. */
  const registerHolding = (id: SessionId): Register =>
    databaseOf(databases, id) === databases.live ? registers.live : registers.simulated;

  return {
    authoriser: vouchers,
    whoseSession: whoseSession({ registerOf, chairs, visits }),
    openDoor: ({ fanOut, roster, view, flush, handlers, guarded, recentWaves }) => {
      const viewed = (desk: Desk, sessionId: SessionId, patient: PatientId | null): void => {
        const isAtChair = chairs().some((chair) => chair.session()?.id === sessionId);
        if (desk.isMasked() || (isAtChair && desk.presence().kind !== 'emergency')) return;
        audit.recordViewed(desk, registerHolding(sessionId), sessionId, patient);
      };
      const readRecord: (desk: Desk) => Handlers['history.events'] =
        (desk) =>
        ({ sessionId }) => {
          const events = databaseOf(databases, sessionId).eventsOf(sessionId);
          const [first] = events;
          const patient =
            first?.body.type === 'session-opened' ? (first.body.patient?.patientId ?? null) : null;
          viewed(desk, sessionId, patient);
          return events;
        };
      const readReview: (desk: Desk) => Handlers['review.session'] = (desk) => async (params) => {
        const view = await handlers['review.session'](params);
        viewed(desk, params.sessionId, view.session.patient?.patientId ?? null);
        return view;
      };
      const door: Door = createDoor({
        accounts,
        idle: idleRulesOf(config),
        now: clock.now,
        unexplained: () => register.emergencies().filter(({ isExplained }) => !isExplained).length,
        fanOut,
        view,
        recentWaves,
        register,
        authoriser: vouchers,
        log,
        isSynthetic: (id) => originOf(roster.monitor(id).config()) !== 'live',
        handlers: (desk) =>
          guarded({
            ...handlers,
            'history.events': readRecord(desk),
            'review.session': readReview(desk),
            ...authCommands(
              {
                accounts,
                vouchers,
                register,
                now: clock.now,
                newId,
                peopleChanged: () => door.peopleChanged(),
              },
              desk,
            ),
            ...peopleCommands({ accounts, peopleChanged: () => door.peopleChanged() }),
            ...patientCommands(
              {
                registers,
                templates: courseTemplatesOf(config),
                visits,
                now: clock.now,
                newId,
                viewed: audit.patientViewed,
              },
              desk,
            ),
            ...exportCommands(
              {
                databases,
                flush,
                now: clock.now,
                newId,
                maker: deps.recordMaker,
                recordHandedOn: ({ by, ...facts }) => {
                  const { sessionId, patientId } = facts;
                  registerHolding(sessionId).write(
                    recordSubject(sessionId, patientId),
                    { type: 'record-exported', ...facts },
                    by,
                    clock.now(),
                  );
                },
              },
              desk,
            ),
            'course.overlay': courseOverlay(
              { registers, visits, now: clock.now, flush, viewed: audit.patientViewed },
              desk,
            ),
            ...recordCommands(
              {
                databases,
                accounts,
                chairs,
                flush,
                pushEvent: (event: SessionEvent) => fanOut.push('event', event),
                now: clock.now,
                newId,
              },
              desk,
            ),
          }),
      });
      return door;
    },
    anchor: () => {
      for (const db of [databases.live, databases.synthetic]) {
        const head = db.registry.head();
        if (head === null) continue;
        const [last] = db.stationEvents(1);
        const said = last?.body.type === 'registry-reached' ? last.body : null;
        if (said?.hash === head.hash) continue;
        db.appendStationEvent({
          at: clock.now(),
          by: 'station',
          body: { type: 'registry-reached', ...head },
        });
      }
    },
  };
};
