/** Names and times that the preload script and the main process share. No package is needed here. */

/** Messages between a window's preload script and the main process. */
export const IPC = {
  /** Main → window: a port to the station. */
  port: 'chairside-port',
  /** Window → main: give me a port (again). */
  requestPort: 'chairside-request-port',
  /** Window → main, every second: this renderer process still runs its timers. */
  windowAlive: 'chairside-window-alive',
  /** Main → window: what became of the station's process (`StationState` in station-messages.ts). */
  stationState: 'chairside-station-state',
} as const;

/** How often the station's process and each window say that they live (ms). */
export const ALIVE_EVERY_MS = 1000;
/** Silence of a process that counts as its failure (ms). Design, process model: noticed within 3 s. */
export const SILENT_AFTER_MS = 3000;
