/** The words of the sound panel. */
export const SOUND_TEXT = {
  title: 'Sound of this window',
  volume: 'Volume',
  floor: (step: number) => `Not below ${step}; never silent.`,
  sessionFloor: (step: number) => `Not below ${step} while a session is open.`,
  neverChecked: 'No sound check was done on this computer.',
  overturned: 'The sound outputs of this computer changed after the check. Do it again.',
  checkHelp:
    'At the start of a shift: listen at the place where you work, on the loudspeaker that will be used. The computer’s own volume is not known to Chairside: if you do not hear a burst well, turn it up.',
  alarming: 'An alarm is sounding. The check can be done when it is quiet.',
  start: 'Start the sound check',
  asking: 'Did you hear it where you work?',
  heard: 'Heard',
  notHeard: 'Not heard',
  again: 'Play it again',
  stop: 'Stop the check',
  interrupted: 'An alarm came in between. Start the check again.',
  failed:
    'Something was not heard. Do not rely on the sound of this window: check the loudspeaker and repeat.',
  wireless: (name: string) => `“${name}” seems to be wireless. It falls silent when its battery ends.`,
  notRecorded: 'The result is kept here, but could not be written into the record of an open session.',
  readingTone: 'Soft tone when a cuff reading arrives (never while an alarm sounds)',
};
