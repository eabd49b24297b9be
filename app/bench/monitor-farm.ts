/**
 * A process full of simulated monitors for the benchmarks, so that their cost is not counted as the station's.
 * Started with the number of chairs and the speed of the patients' time; prints the ports as one line of JSON; ends
 * with its parent's stdin.
 */
import { findSimulator } from '../../simulators/index.ts';
import { createBedside, startSimulatorServer } from '../../simulators/run.ts';
import { parseScenario, type Scenario } from '../../simulators/scenario.ts';

/**
 * A patient whose every cuff reading violates: pressure far above the limits, a reading about every 40 s, so that
 * each reading raises an alarm with no delay of its own.
 */
const hypertensive = (offsetS: number): Scenario => {
  const parsed = parseScenario({
    name: 'bench-hypertensive',
    title: 'Every cuff reading violates',
    patient: { systolic: 205, diastolic: 122 },
    cuff: {
      firstAtS: 2 + offsetS,
      intervalS: null,
      // A reading takes about 35 s; the first one may end before the station asks for values.
      extraAtS: Array.from({ length: 90 }, (_, n) => 10 + offsetS + n * 40),
    },
  });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.scenario;
};

const chairs = Number(process.argv[2]);
const speed = Number(process.argv[3]);
const profile = findSimulator('ge-s5-dri');
const oximeter = findSimulator('masimo-ascii');
if (profile === null || oximeter === null) throw new Error('the simulators are not registered');

const ports: [number, number][] = [];
for (let chair = 0; chair < chairs; chair += 1) {
  // Readings of different chairs come at different moments, as they do in a room.
  const bedside = createBedside({ scenario: hypertensive((chair * 7) % 30), seed: chair, speed });
  const at = { host: '127.0.0.1', port: 0, bedside } as const;
  const monitor = await startSimulatorServer({ ...at, profile });
  const probe = await startSimulatorServer({ ...at, profile: oximeter });
  ports.push([monitor.port, probe.port]);
}
process.stdout.write(`${JSON.stringify(ports)}\n`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
