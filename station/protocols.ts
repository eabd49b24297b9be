/** The protocols of this station, and which of them a physician has approved. */
import type { PresetApproval } from '../core/alarm/limits.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { ProtocolView } from '../core/api/visit-views.ts';
import type { Instant } from '../core/time.ts';
import { type ClinicProtocol, clinicProtocol } from '../core/visit/clinic-protocols.ts';
import type { VisitProtocol } from '../core/visit/protocol.ts';
import { PROTOCOLS } from '../core/visit/protocols.ts';
import type { ChairsideDb } from '../db/open.ts';

export interface Protocols {
  list(): readonly ProtocolView[];
  /** @throws RefusedError `not-found`. */
  known(id: string): ProtocolView;
  /** Durable when this returns; throws what the database throws. */
  approve(protocol: VisitProtocol, by: string, at: Instant): void;
}

/** Approvals of presets and protocols lie in one list: their names must not meet. */
const nameOf = (protocol: VisitProtocol): string => `protocol:${protocol.id}`;
const keyOf = (id: string, version: number): string => `${id}@${version}`;

/** The product's protocols and the clinic's own. The configuration was validated: a draft that is wrong is a bug. */
export const protocolsOf = (own: readonly ClinicProtocol[]): readonly VisitProtocol[] => [
  ...PROTOCOLS,
  ...own.map((draft) => {
    const made = clinicProtocol(draft);
    if (!made.ok) throw new Error(`protocol ${draft.id}: ${made.message}`);
    return made.protocol;
  }),
];

export const createProtocols = (db: ChairsideDb, protocols: readonly VisitProtocol[]): Protocols => {
  const approvals = new Map<
    string,
    { readonly approval: PresetApproval; readonly content: string | undefined }
  >();
  for (const { presetId, presetVersion, approval, content } of db.approvals()) {
    approvals.set(keyOf(presetId, presetVersion), { approval, content });
  }
  // Everything that a physician approves: other numbers under the same version are not approved.
  const contents = new Map(protocols.map((protocol) => [protocol, JSON.stringify(protocol)] as const));

  const approvalOf = (protocol: VisitProtocol): PresetApproval => {
    const found = approvals.get(keyOf(nameOf(protocol), protocol.version));
    return found === undefined || found.content !== contents.get(protocol)
      ? { state: 'not-approved' }
      : found.approval;
  };
  const view = (protocol: VisitProtocol): ProtocolView => ({ protocol, approval: approvalOf(protocol) });

  return {
    list: () => protocols.map(view),
    known: (id) => {
      const found = protocols.find((protocol) => protocol.id === id);
      if (found === undefined) throw new RefusedError('not-found', `There is no protocol "${id}".`);
      return view(found);
    },
    approve: (protocol, by, at) => {
      const approval: PresetApproval = { state: 'approved', by, atEpochMs: at.wall };
      const content = contents.get(protocol) ?? JSON.stringify(protocol);
      const presetId = nameOf(protocol);
      db.appendStationEvent({
        at,
        by,
        body: { type: 'preset-approval', presetId, presetVersion: protocol.version, approval, content },
      });
      approvals.set(keyOf(presetId, protocol.version), { approval, content });
    },
  };
};
