/**
 * What a newcomer gets: one chair with a simulated multi-parameter monitor and a simulated oximeter, over
 * the same wire protocols as the real ones. Marked SIMULATED everywhere, in a database of its own.
 */
import type { StationConfig } from '../station/config.ts';

export const EMBEDDED_DEFAULT: StationConfig = {
  chairs: [
    {
      id: 'demo-chair',
      name: 'Demo chair',
      monitors: [
        {
          id: 'demo-monitor',
          name: 'Simulated B650',
          family: 'ge-s5-dri',
          address: { kind: 'simulator', scenario: 'typical-infusion', seed: 1, speed: 1 },
          simulated: true,
          options: { intervalS: 1 },
          line: {},
          allowNibpStart: false,
        },
        {
          id: 'demo-oximeter',
          name: 'Simulated Rad-8',
          family: 'masimo-ascii',
          address: { kind: 'simulator', scenario: 'typical-infusion', seed: 1, speed: 1 },
          simulated: true,
          options: {},
          line: {},
          allowNibpStart: false,
        },
      ],
    },
  ],
};
