import * as l10n from "@vscode/l10n";
import type { Conversation, StateDir } from "../conversation/model";
import type { Evidence } from "../evidence/evidence";
import type { Explanations } from "../explanations";
import type { Rotation } from "../rotation/rotation";
import type { Discretion } from "./discretion";
import type { ShowHint } from "./renderExplanation";
import { momentText } from "./moment";
import { type Piece, placePiece, type ReportWriter } from "./reportWriter";

/** What every section of a report is made from. */
export interface Report {
  readonly rotation: Rotation;
  readonly conversation: Conversation | undefined;
  readonly explanations: Explanations;
  readonly stateDir: StateDir;
  /** What people call the conversation, as far as it may be shown. */
  readonly label: string;
  readonly discretion: Discretion;
  /** IANA name; the reader's own zone when undefined. */
  readonly timeZone: string | undefined;
  /** Epoch ms. */
  readonly now: number;
  readonly showHint: ShowHint;
  /** Evidence that stands in the report already: what is compared for the cause is not said again for the surroundings. */
  readonly told: Set<string>;
}

/** A sentence that was compared, and beneath it where it stands and who wrote it down. */
export function writeEvidence(
  writer: ReportWriter,
  report: Pick<Report, "discretion" | "timeZone"> & { readonly stateDir: Pick<StateDir, "path"> },
  first: string,
  evidence: Evidence,
): void {
  writer.text(first, report.discretion.text(evidence.text));
  const pieces: Piece[] = evidence.place ? [placePiece(evidence.place, report.stateDir.path)] : [];
  if (evidence.recordedAt !== undefined) {
    const at = momentText(evidence.recordedAt, report.timeZone);
    pieces.push({ text: l10n.t("(recorded by the inspector at {0})", at) });
  }
  if (pieces.length > 0) writer.pieces(" ".repeat(first.length), pieces);
}

/**
 * Evidence of one statement that stands with an earlier one already is not said again. Where some of it is new, all of it is:
 * a sentence may go on from the one before it.
 */
export function writeNewEvidence(
  writer: ReportWriter,
  report: Report,
  first: string,
  evidence: readonly Evidence[],
): void {
  if (evidence.every((each) => report.told.has(identityOf(each)))) return;
  for (const each of evidence) {
    report.told.add(identityOf(each));
    writeEvidence(writer, report, first, each);
  }
}

function identityOf({ text, place }: Evidence): string {
  return `${text}\n${place?.file ?? ""}\n${String(place?.line)}`;
}
