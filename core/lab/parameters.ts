/** The vital signs of the lab, apart from the schemas, so that the page takes no more than it needs. */

/** The vital signs that can be driven, with the range each may be set to (the simulated patient's own limits). */
export const PARAMETERS = {
  hr: { label: 'Heart rate', unit: '/min', min: 0, max: 250, step: 1 },
  'nibp-sys': { label: 'Systolic pressure', unit: 'mmHg', min: 45, max: 290, step: 1 },
  'nibp-dia': { label: 'Diastolic pressure', unit: 'mmHg', min: 20, max: 250, step: 1 },
  spo2: { label: 'SpO₂', unit: '%', min: 40, max: 100, step: 1 },
  rr: { label: 'Respiration', unit: '/min', min: 2, max: 60, step: 1 },
  perfusion: { label: 'Perfusion index', unit: '%', min: 0.02, max: 20, step: 0.1 },
  etco2: { label: 'EtCO₂', unit: 'mmHg', min: 5, max: 120, step: 1 },
  temperature: { label: 'Temperature', unit: '°C', min: 25, max: 44, step: 0.1 },
} as const;
/** A vital sign that can be driven. */
export type Parameter = keyof typeof PARAMETERS;
/** All of them, in the order of the table. */
export const PARAMETER_IDS = Object.keys(PARAMETERS) as readonly Parameter[]; // its own keys
