/**
 * Every window comes in through here. Each command of it is held against who is signed in there, carries their name
 * instead of whatever the window says, and nothing that they may not see leaves the station: names are masked here,
 * not in the window.
 */
import type { Channel } from '../../core/api/envelope.ts';
import { RefusedError } from '../../core/api/serve.ts';
import type { StationView, TopicName, Topics } from '../../core/api/views.ts';
import type { MonitorId } from '../../core/ids.ts';
import { maskedAnswer, maskedPush } from '../../core/people/masking.ts';
import { may } from '../../core/people/permissions.ts';
import { personSubject } from '../../core/registry/events.ts';
import type { Instant } from '../../core/time.ts';
import type { FanOutHost, SharedHandlers, WindowParts } from '../fan-out.ts';
import type { Log } from '../ports.ts';
import { createDesk, type Desk, type DeskDeps } from './desk.ts';
import type { Register } from './register.ts';
import type { Authoriser } from './vouchers.ts';

export interface Door {
  attach(channel: Channel): void;
  /** Locks what has been idle. */
  tick(): void;
  /** People came, went or changed: every window learns who can sign in. */
  peopleChanged(): void;
}

export interface DoorDeps extends Omit<DeskDeps, 'changed'> {
  readonly fanOut: FanOutHost;
  readonly view: () => StationView;
  /** The handlers of one window, for whoever is at its desk. */
  readonly handlers: (desk: Desk) => SharedHandlers;
  readonly recentWaves: WindowParts['recentWaves'];
  readonly register: Register;
  readonly authoriser: Authoriser;
  readonly log: Log;
  /** True for a monitor whose bytes come from no patient. */
  readonly isSynthetic: (id: MonitorId) => boolean;
}

export const createDoor = (deps: DoorDeps): Door => {
  const desks = new Map<Channel, { readonly desk: Desk; tell(): void }>();
  const at = (): Instant => deps.now();

  /** What of a push this window may see; null: nothing. */
  const seen = <T extends TopicName>(desk: Desk, topic: T, payload: Topics[T]): Topics[T] | null => {
    if (!desk.isMasked()) return payload;
    if (topic !== 'raw') return maskedPush(topic, payload);
    // An engineer works with the bytes of simulators and recordings; a live line may spell out a name.
    const { monitorId } = payload as Topics['raw'];
    const person = desk.person();
    return person !== null && may(person.role, 'equipment') && deps.isSynthetic(monitorId) ? payload : null;
  };

  return {
    attach: (channel) => {
      const desk = createDesk({
        ...deps,
        changed: (before, after) => {
          const stays =
            after.kind === 'signed-in' && before.kind === 'signed-in' && after.personId === before.personId;
          if (before.kind === 'signed-in' && !stays) {
            const { personId } = before;
            const cause =
              after.kind === 'locked' ? 'locked' : after.kind === 'signed-in' ? 'switched' : 'left';
            try {
              deps.register.write(
                personSubject(personId),
                { type: 'signed-out', personId, cause },
                'station',
                at(),
              );
            } catch (error) {
              // Locking must not wait for a disk that refuses.
              deps.log.error('a sign-out could not be recorded', { error: String(error) });
            }
          }
          tell();
        },
      });
      const handlers = withDesk(desk, deps.handlers(desk), deps.authoriser);
      const served = deps.fanOut.attach(channel, deps.view, {
        handlers,
        recentWaves: deps.recentWaves,
        authorise: desk.authorise,
        seen: (topic, payload) => seen(desk, topic, payload),
      });
      const tell = (): void => {
        served.push('identity', desk.view());
        served.push('snapshot', deps.view());
      };
      served.push('identity', desk.view());
      desks.set(channel, { desk, tell });
      channel.onClosed(() => desks.delete(channel));
    },
    tick: () => {
      for (const { desk } of desks.values()) desk.tick();
    },
    peopleChanged: () => {
      for (const { desk, tell } of desks.values()) {
        desk.tick();
        tell();
      }
    },
  };
};

/** The handlers behind the desk: allowed or not, by whom, and masked on the way out. */
const withDesk = (desk: Desk, handlers: SharedHandlers, authoriser: Authoriser): SharedHandlers =>
  Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => {
      // The keys are those of `Handlers`.
      const command = name as keyof SharedHandlers;
      const behind = async (asked: never) => {
        const params: Readonly<Record<string, unknown>> = asked;
        const who = desk.authorise(command);
        const isAct = 'by' in params;
        if (isAct) desk.touch(null);
        const named = isAct && who !== null ? { ...params, by: who } : params;
        const ready =
          command === 'limits.set' && who !== null ? withPhysician(named, desk, authoriser) : named;
        const result = await (handler as (params: never) => unknown)(ready as never);
        return desk.isMasked() ? maskedAnswer(command, result as never) : result;
      };
      return [name, behind];
    }),
    // The map keeps every name and every signature; `Object.fromEntries` forgets that.
  ) as SharedHandlers;

/** With accounts the physician behind limits beyond the hard bounds is somebody who proved it, not a typed name. */
const withPhysician = (
  params: Readonly<Record<string, unknown>>,
  desk: Desk,
  authoriser: Authoriser,
): Readonly<Record<string, unknown>> => {
  const { physician, voucher } = params;
  if (typeof voucher === 'string') {
    const authorised = authoriser.redeem(voucher);
    if (authorised === null) {
      throw new RefusedError('not-allowed', 'The authorisation is older than 2 min or was used: ask again.');
    }
    if (!may(authorised.role, 'approve'))
      throw new RefusedError('not-allowed', 'Only a physician may decide this.');
    return { ...params, physician: authorised.name };
  }
  if (typeof physician !== 'string') return params;
  const here = desk.requirePerson();
  if (!may(here.role, 'approve')) {
    throw new RefusedError(
      'not-allowed',
      'A physician decides this: with their PIN or password at this window.',
    );
  }
  return { ...params, physician: here.name };
};
