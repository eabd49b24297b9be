/**
 * The simulated monitors that the station's own configuration asks for: each is a server on a loopback TCP
 * port that speaks its family's wire protocol, exactly as `chairside simulate --tcp` would. All monitors of
 * one chair watch the same simulated patient. Started when first asked for; reconnecting finds it again.
 */

import { findSimulator } from '../simulators/index.ts';
import {
  type Bedside,
  createBedside,
  type SimulatorServer,
  startSimulatorServer,
} from '../simulators/run.ts';
import { builtInScenarios, findScenario } from '../simulators/scenarios/index.ts';

export interface SimulatorRequest {
  readonly family: string;
  readonly scenario: string;
  readonly seed: number;
  readonly speed: number;
  /** Whose body it watches: the chair. */
  readonly patient: string;
}

export interface SimulatedMonitors {
  /** The loopback port of the simulator. Rejects with one clear line for an unknown family or scenario. */
  port(request: SimulatorRequest): Promise<number>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';

export const createSimulatedMonitors = (): SimulatedMonitors => {
  const bedsides = new Map<string, Bedside>();
  const servers = new Map<string, Promise<SimulatorServer>>();

  const bedsideOf = ({ scenario: name, seed, speed, patient }: SimulatorRequest): Bedside => {
    const key = JSON.stringify([patient, name, seed, speed]);
    const known = bedsides.get(key);
    if (known !== undefined) return known;
    const scenario = findScenario(name);
    if (scenario === null) {
      const names = builtInScenarios().map((item) => item.name);
      throw new Error(`there is no scenario "${name}" (there are: ${names.join(', ')})`);
    }
    const bedside = createBedside({ scenario, seed, speed });
    bedsides.set(key, bedside);
    return bedside;
  };

  const start = (request: SimulatorRequest): Promise<SimulatorServer> => {
    const profile = findSimulator(request.family);
    if (profile === null) throw new Error(`there is no simulator for the family "${request.family}"`);
    return startSimulatorServer({ profile, host: HOST, port: 0, bedside: bedsideOf(request) });
  };

  return {
    port: async (request) => {
      const key = JSON.stringify(request);
      const known = servers.get(key);
      if (known !== undefined) return (await known).port;
      const starting = start(request);
      servers.set(key, starting);
      const forget = (): void => {
        servers.delete(key);
      };
      // One that could not start, or failed while it ran, is started anew when its line is next opened.
      starting.then((server) => server.ended.catch(forget), forget);
      return (await starting).port;
    },
    stop: async () => {
      const running = await Promise.allSettled(servers.values());
      servers.clear();
      await Promise.all(
        running.map((result) => (result.status === 'fulfilled' ? result.value.close() : undefined)),
      );
    },
  };
};
