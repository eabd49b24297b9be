/**
 * The station: owns the chairs, the alarms and the record, and needs no window. Windows attach and leave;
 * nothing here waits for one.
 */
import type { Channel } from '../core/api/envelope.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { StationView, StrandedSession } from '../core/api/views.ts';
import type { SessionId } from '../core/ids.ts';
import { StorageError } from '../db/storage-error.ts';
import { alarmCommands } from './alarm-commands.ts';
import { createApprovals } from './approvals.ts';
import { vouchedNames } from './authoriser.ts';
import type { Chair } from './chair.ts';
import { clinicPictureCommand } from './clinic-picture.ts';
import { alarmPolicyOf, type StationConfig } from './config.ts';
import { cuffCommands } from './cuff-commands.ts';
import { detectCommands } from './detect-commands.ts';
import { createFanOut, type SharedHandlers } from './fan-out.ts';
import { createFinding } from './finding.ts';
import { historyCommands } from './history-commands.ts';
import { limitCommands } from './limit-commands.ts';
import { keepConfig, monitorCommands } from './monitor-commands.ts';
import { createStaff, type StaffCommand } from './people/staff.ts';
import type { StationDeps } from './ports.ts';
import { createPresets } from './presets.ts';
import { createProtocols, protocolsOf } from './protocols.ts';
import { createRecorder, FLUSH_EVERY_MS } from './recorder.ts';
import { resumeOpenSessions } from './resume.ts';
import { readReview, reviewCommands } from './review-commands.ts';
import { createRoomWatch } from './room-watch.ts';
import { createRoster } from './roster.ts';
import { sendingCommands } from './sending/commands.ts';
import { createSendings } from './sending/sendings.ts';
import { sessionCommands } from './session-commands.ts';
import { STATION } from './session-record.ts';
import { createSoundWatch } from './sound-watch.ts';
import { visitCommands } from './visit-commands.ts';
import { whatIfCommands } from './what-if-commands.ts';

/** How often the alarm engines look at the time (ms). */
const ALARM_TICK_MS = 250;
const HEARTBEAT_MS = 1000;
/** What a window that begins to watch waves gets at once (ms): a screen full. */
const RECENT_WAVES_MS = 10_000;
/** Ticks in a heartbeat. */
const TURNS = HEARTBEAT_MS / ALARM_TICK_MS;
/** A difference between the computer's clock and the carried one that is called a jump (ms). */
const CLOCK_JUMP_MS = 2000;

export interface Station {
  /** A window connected. */
  attach(channel: Channel): void;
  view(): StationView;
  /** True while drug may be running somewhere: closing must ask first. */
  isUnderTreatment(): boolean;
  stop(): Promise<void>;
}

/** Starts a station for this configuration; sessions that were open when it last stopped are taken up again. */
export const startStation = (config: StationConfig, deps: StationDeps): Station => {
  const { clock, log, databases } = deps;
  const sound = createSoundWatch(clock.now);
  const fanOut = createFanOut(
    (command, error) => log.error(`command ${command} failed`, { error: words(error) }),
    sound,
  );
  const recorders = { live: createRecorder(databases.live), synthetic: createRecorder(databases.synthetic) };
  const { chairs: _chairs, ...settings } = config;
  const alarmPolicy = alarmPolicyOf(config);
  const presets = createPresets(config.presets ?? []);
  const approvalDb = deps.demo ? databases.synthetic : databases.live;
  const approvals = createApprovals(approvalDb, presets);
  const protocols = createProtocols(approvalDb, protocolsOf(config.protocols ?? []));
  const roster = createRoster({
    station: deps,
    settings,
    fanOut,
    recorders,
    approvalOf: approvals.of,
    alarmPolicy,
  });
  const staff = createStaff(config, deps, roster.chairs);
  let storageFault: string | null = null;
  let stranded: readonly StrandedSession[] = [];

  const sendings = createSendings({
    destinations: config.destinations ?? [],
    databases,
    maker: deps.recordMaker,
    clock,
    log,
    env: deps.env ?? {},
    push: (overview) => fanOut.push('sending', overview),
  });

  const view = (): StationView => ({
    product: { name: 'Chairside', version: deps.version },
    demo: deps.demo,
    chairs: roster.chairs().map((chair) => chair.view()),
    monitors: roster.monitors().map((monitor) => monitor.view()),
    alarmPolicy,
    storageFault,
    strandedSessions: stranded,
    sending: sendings.overview(),
    now: clock.now(),
  });
  const pushSnapshot = (): void => fanOut.push('snapshot', view());

  /** What had to be given up while the disk refused is part of the station's own record. */
  const tellRecovered = (): void => {
    const lostRows = recorders.live.lostRows() + recorders.synthetic.lostRows();
    log.info('the record can be written again', { lostRows });
    const db = deps.demo ? databases.synthetic : databases.live;
    try {
      db.appendStationEvent({ at: clock.now(), by: STATION, body: { type: 'storage-recovered', lostRows } });
    } catch (error) {
      log.error('the recovery of the record could not be recorded', { error: words(error) });
    }
  };

  const flush = (): void => {
    const faults = [
      recorders.live.flush(),
      recorders.synthetic.flush(),
      ...roster.chairs().map((chair) => chair.retry()),
    ];
    const fault = faults.find((item) => item !== null) ?? null;
    if (fault === storageFault) return;
    storageFault = fault;
    if (fault === null) tellRecovered();
    else log.error('the record cannot be written', { fault });
    const at = clock.now();
    for (const chair of roster.chairs()) chair.alarm({ type: 'storage', fault, at });
    fanOut.push('storage', { fault });
  };

  const chairOfSession = (id: SessionId): Chair => {
    const found = roster.chairs().find((chair) => chair.session()?.id === id);
    if (found === undefined) throw new RefusedError('not-found', 'This session is not open on any chair.');
    return found;
  };

  const finder = detectCommands(deps, roster, fanOut);
  const room = createRoomWatch({ station: deps, roster, sound });

  const visitDeps = {
    now: clock.now,
    chair: roster.chair,
    chairOfSession,
    protocols,
    authoriser: vouchedNames(staff.authoriser),
  };
  const finding = createFinding({
    databases,
    figuresOf: async (db, id) => (await readReview(db, id, clock.now().wall)).figures,
    log,
  });
  const handlers: Omit<SharedHandlers, StaffCommand> = {
    'station.snapshot': view,
    ...sessionCommands({ ...visitDeps, presets, whoseSession: staff.whoseSession }),
    ...visitCommands(visitDeps, databases),
    ...alarmCommands({ now: clock.now, chair: roster.chair, policy: alarmPolicy }),
    ...limitCommands({
      now: clock.now,
      chair: roster.chair,
      presets,
      approvals,
      pushChairs: () => {
        for (const chair of roster.chairs()) chair.push();
      },
    }),
    ...historyCommands(databases, flush, clock.now),
    ...whatIfCommands(databases, presets, flush),
    ...finding.commands,
    'clinic.picture': clinicPictureCommand(finding, flush),
    ...reviewCommands({
      databases,
      chairs: roster.chairs,
      flush,
      pushEvent: (event) => fanOut.push('event', event),
      now: clock.now,
      newId: deps.newId,
    }),
    ...monitorCommands(deps, roster, pushSnapshot),
    ...finder.commands,
    ...cuffCommands(roster, keepConfig(deps, roster)),
    ...room.commands,
    ...sendingCommands({ databases, sendings, clock }),
  };

  const door = staff.openDoor({
    fanOut,
    roster,
    view,
    flush,
    handlers,
    guarded,
    recentWaves: (id) => ({ recent: roster.chair(id).recentWaves(RECENT_WAVES_MS) }),
  });
  /** The end of the registers in the station's record: a nicety of `verify` that a refusing disk must not stop. */
  const anchorRegisters = (): void => {
    try {
      staff.anchor();
    } catch (error) {
      log.error('how far the registers go could not be recorded', { error: words(error) });
    }
  };
  anchorRegisters();

  for (const chair of config.chairs) roster.addChair(chair);
  stranded = resumeOpenSessions(roster.chairs(), deps);

  let knownDriftMs = clock.wallDriftMs();
  const watchClock = (): void => {
    const driftMs = clock.wallDriftMs();
    const byMs = Math.round(driftMs - knownDriftMs);
    const isJump = Math.abs(byMs) >= CLOCK_JUMP_MS;
    // Forward: the computer may have slept without the monotonic clock noticing; old numbers look fresh.
    if (isJump && byMs > 0) {
      for (const chair of roster.chairs()) chair.forgetCurrent(byMs);
      // Windows forget as well: numbers are only ever added to what they know, except by the whole state.
      pushSnapshot();
    }
    if (roster.chairs().every((chair) => chair.session() === null)) {
      clock.renewAnchor();
      knownDriftMs = clock.wallDriftMs();
      return;
    }
    if (!isJump) return;
    knownDriftMs = driftMs;
    log.warn('the clock of this computer jumped', { byMs });
    const at = clock.now();
    for (const chair of roster.chairs()) {
      chair.note({ type: 'clock-jumped', byMs }, at);
      chair.alarm({ type: 'clock-jump', byMs, at });
    }
  };

  let turn = 0;
  /** Each monitor's counters once a second, a part of them with each tick: all at once, alarms would wait for them. */
  const pushSomeMonitors = (): void => {
    turn = (turn + 1) % TURNS;
    if (fanOut.windows() === 0) return;
    roster.monitors().forEach((monitor, index) => {
      if (index % TURNS === turn) fanOut.push('monitor', monitor.view());
    });
  };

  const stops = [
    room.stop,
    finder.stop,
    clock.every(FLUSH_EVERY_MS, flush),
    clock.every(ALARM_TICK_MS, () => {
      const at = clock.now();
      for (const chair of roster.chairs()) chair.alarm({ type: 'tick', at });
      pushSomeMonitors();
    }),
    clock.every(HEARTBEAT_MS, () => {
      watchClock();
      room.look();
      const at = clock.now();
      for (const chair of roster.chairs()) chair.watch(at);
      door.tick();
      sendings.look();
      fanOut.push('heartbeat', { now: clock.now() });
    }),
  ];

  return {
    attach: door.attach,
    view,
    isUnderTreatment: () =>
      roster.chairs().some((chair) => {
        const phase = chair.session()?.phase;
        return phase === 'infusing' || phase === 'paused' || phase === 'recovery';
      }),
    stop: async () => {
      for (const stop of stops) stop();
      await roster.stop();
      flush();
      await sendings.stop();
      await finding.stop();
      fanOut.closeAll();
      anchorRegisters();
    },
  };
};

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What the database refuses is told as such: "not on disk, nothing changed". */
const guarded = (handlers: SharedHandlers): SharedHandlers =>
  Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      async (params: never) => {
        try {
          return await (handler as (params: never) => unknown)(params);
        } catch (error) {
          if (error instanceof StorageError) {
            throw new RefusedError('storage-failed', `Not saved, nothing was changed: ${error.message}`);
          }
          throw error;
        }
      },
    ]),
    // The map keeps every name and every signature; `Object.fromEntries` forgets that.
  ) as SharedHandlers;
