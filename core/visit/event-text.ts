/** One line for each entry of a visit, without time and person. */

import type { ChecklistAnswer } from '../checklist/items.ts';
import { STOP_CAUSE_LABELS } from '../dose/dose-state.ts';
import { SCALES } from '../scales/scales.ts';
import { SIDE_EFFECTS } from '../scales/side-effects.ts';
import { PHASE_LABELS } from '../session/phase.ts';
import type { Authorisation } from './authorisation.ts';
import { intervalWords } from './cuff-timetable.ts';
import { entered, figure } from './drug-words.ts';
import type { VisitEventBody } from './events.ts';
import type { VisitProtocol } from './protocol.ts';
import { checklistLabel, itemOf } from './protocol-lookup.ts';
import type { VisitState } from './visit-state.ts';

const reason = (text: string | null): string => (text === null ? '' : ` (${text})`);
const people = (given: readonly Authorisation[]): string =>
  given.length === 0
    ? ''
    : `; agreed: ${given.map(({ name, role, verified }) => `${name}, ${role}${verified ? '' : ' (name typed)'}`).join('; ')}`;

/** The entry in words. `visit` gives the labels of the protocol's items; without it their names stand. */
export const visitEventText = (body: VisitEventBody, visit: VisitState | null = null): string => {
  const item = (id: string): string => checklistLabel(visit?.protocol ?? null, id);
  switch (body.type) {
    case 'visit-planned':
      return `Protocol ${body.protocol.name}, version ${body.protocol.version}${body.approval.state === 'approved' ? '' : ', not approved'}`;
    case 'checklist-answered':
      return body.answer.kind === 'cleared'
        ? `Taken back: ${item(body.itemId)}`
        : `Checked: ${item(body.itemId)}${answerText(visit?.protocol ?? null, body.itemId, body.answer)}`;
    case 'checklist-excepted':
      return `Exception: ${item(body.itemId)}${reason(body.reason)}${people(body.authorisations)}`;
    case 'dose-planned': {
      const { plan } = body;
      const pump =
        plan.kind === 'infusion'
          ? `: ${figure(plan.volumeMl, 4)} mL of ${figure(plan.concentrationMgPerMl)} mg/mL at ${figure(plan.rateMlPerH, 4)} mL/h over ${figure(plan.durationMs / 60_000, 4)} min`
          : `: ${plan.devices} devices of ${figure(plan.deviceMg)} mg`;
      return `Dose planned: ${plan.drug} ${figure(plan.doseMg)} mg (${figure(plan.doseMgPerKg)} mg/kg, ${figure(plan.weightKg, 4)} kg)${pump}${reason(body.reason)}${people(body.authorisations)}`;
    }
    case 'dose-verified':
      return `Dose checked at the pump: ${figure(body.pumpRateMlPerH, 4)} mL/h, ${figure(body.pumpVolumeMl, 4)} mL`;
    case 'dose-rate-changed':
      return `Rate ${figure(body.from, 4)} → ${figure(body.to, 4)} mL/h of ${figure(body.concentrationMgPerMl)} mg/mL, ${figure(body.plannedMg)} mg in all${reason(body.reason)}${people(body.authorisations)}`;
    case 'dose-bolus':
      return `${entered(body.mg)} mg at once${reason(body.reason)}${people(body.authorisations)}`;
    case 'infusion-stopped': {
      const pump = body.pumpVolumeMl === null ? '' : `, the pump says ${figure(body.pumpVolumeMl, 4)} mL`;
      return `Infusion stopped: ${STOP_CAUSE_LABELS[body.cause]}${pump}${reason(body.reason)}`;
    }
    case 'drug-given':
      return `Given: ${body.name} ${entered(body.amount)} ${body.unit} ${body.route}${reason(body.reason)}`;
    case 'score-recorded':
      return `${SCALES[body.scale].short} ${body.value}`;
    case 'side-effect-noted':
      return `Side effect: ${SIDE_EFFECTS[body.kind].label}, ${body.severity}${reason(body.text)}`;
    case 'side-effect-changed':
      return `${effectLabel(visit, body.effect)} is ${body.severity} now`;
    case 'side-effect-ended':
      return `${effectLabel(visit, body.effect)} ended`;
    case 'prompt-skipped':
      return `${SCALES[body.scale].short} passed over${reason(body.reason)}`;
    case 'entry-struck':
      return `Entry struck${reason(body.reason)}`;
    case 'cuff-interval-edited':
      return `Cuff interval in ${PHASE_LABELS[body.phase]}: ${body.intervalMs === null ? 'by the protocol' : intervalWords(body.intervalMs)}${reason(body.reason)}`;
    case 'cuff-interval-in-force':
      return `Cuff every ${intervalWords(body.intervalMs)}: ${body.why}`;
    case 'baseline-renewed':
      return `Baseline renewed: ${body.baseline.systolic.toFixed(0)}/${body.baseline.diastolic.toFixed(0)}${reason(body.reason)}`;
    case 'chair-moved':
      return `Moved from ${body.from} to ${body.to}${reason(body.reason)}`;
    case 'left-early':
      return `Left early${reason(body.reason)}`;
    case 'move-authorised':
      return `Allowed: ${PHASE_LABELS[body.to]}${people(body.authorisations)}`;
    case 'physician-informed':
      return `${body.physician} informed: ${body.about}`;
    default:
      return body satisfies never;
  }
};

/** What was chosen or read off; a driver's name and phone stay in the checklist. */
const answerText = (protocol: VisitProtocol | null, id: string, answer: ChecklistAnswer): string => {
  if (answer.kind !== 'choice') return '';
  const item = protocol === null ? null : itemOf(protocol, id);
  const chosen = item?.kind === 'choice' ? item.options.find(({ value }) => value === answer.value) : null;
  return `: ${chosen?.label ?? answer.value}`;
};

const effectLabel = (visit: VisitState | null, id: string): string => {
  const effect = visit?.sideEffects.find((one) => one.id === id);
  return effect === undefined ? 'Side effect' : SIDE_EFFECTS[effect.kind].label;
};
