/** The words of the screen that lays a course over itself. */
export const TEXT = {
  title: 'Course across its visits',
  open: 'Compare the visits',
  loading: 'Reading…',
  back: 'Patient',
  none: 'No visit in which the drug ran yet.',
  noValues: 'No value of this kind was recorded.',
  axis: 'Minutes from the start of the infusion',
  hiddenPatient: 'Patient not shown',
  metrics: {
    systolic: 'SYS',
    diastolic: 'DIA',
    heartRate: 'HR',
    spo2: 'SpO₂',
  },
  help: {
    systolic:
      'Systolic (mmHg), each cuff reading that counts. A broken line: the reading before had expired.',
    diastolic:
      'Diastolic (mmHg), each cuff reading that counts. A broken line: the reading before had expired.',
    heartRate: 'Heart rate (/min), the highest of each minute. A broken line: no number.',
    spo2: 'SpO₂ (%), the lowest of each minute. A broken line: no number.',
  },
  pulse: 'The oximeter’s pulse rate in visit',
  artefacts: 'Artefacts that a person marked are left out.',
  visit: 'Visit',
  columns: {
    number: 'Visit',
    day: 'Opened',
    dose: 'Dose',
    baseline: 'Baseline',
    peak: 'Highest SYS (rise)',
    lowestSpo2: 'Lowest SpO₂',
    effects: 'Side effects',
    mood: 'Mood (before → after)',
    pain: 'Pain (before → after)',
    response: 'Later response',
    state: 'Record',
  },
} as const;
