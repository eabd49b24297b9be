/**
 * A session goes from one chair's engine to another's within one run: what belongs to the patient comes along
 * (limits, baseline, readings, alarms, what people paused or switched off), what belongs to the place stays
 * (monitors, lines, sensors). Alarms of the old chair's monitors end or stay latched at the next look, as they do
 * when a monitor is taken away.
 */
import type { AlarmEngineState } from './state.ts';

/** The engine of the new chair with the session of the old one. Both run on the same clock. */
export const adoptSession = (patient: AlarmEngineState, place: AlarmEngineState): AlarmEngineState => ({
  ...patient,
  storage: place.storage,
  clockJump: place.clockJump,
  disk: place.disk,
  unheard: place.unheard,
  doubts: place.doubts,
  cuffMonitors: place.cuffMonitors,
  sources: place.sources,
  links: place.links,
  devices: place.devices,
  sensorBack: place.sensorBack,
  cuff: { ...patient.cuff, inflatingSince: place.cuff.inflatingSince },
  tracks: { ...place.tracks, ...patient.tracks },
  alarms: { ...place.alarms, ...patient.alarms },
});
