import * as l10n from "@vscode/l10n";
import type { StateDir } from "../../core/conversation/model";
import { ReadError } from "../../core/inspectorPort";
import { checkRefused, checkRestore } from "../../core/restore/checkRestore";
import { FileFault, inWords } from "../../core/restore/engine/fileFault";
import { draftRestore } from "../../core/restore/draftRestore";
import type { RestoreCheck } from "../../core/restore/restoreCheck";
import type { RestoreFacts } from "../../core/restore/restoreFacts";
import type { RestoreDraft } from "../../core/restore/restorePlan";
import type { RestoreRequest } from "../../core/restore/restoreRequest";
import { RestoreRefused, type RestoreProgress } from "../../core/restore/restorer";
import { sealDraft } from "../../core/restore/sealDraft";
import { cannotLook } from "./cannotLook";
import { noContents, type Drawn, type SecondLook } from "./drawn";
import { contentsOf, findSubject, gatherFacts } from "./gatherFacts";
import { newPlanId } from "./planId";
import { readVault, type RestoreContext, type VaultState } from "./restoreContext";
import { sealContents } from "./sealContents";
import { sessionDirectories } from "./sessionDirectories";

export interface DrawUpOptions {
  /** How facts become a draft; a restore's when left out. */
  readonly draftOf?: (facts: RestoreFacts) => RestoreDraft | { readonly refused: readonly RestoreCheck[] };
  readonly progress?: RestoreProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Looks, decides, reads everything once, and checks. Throws ReadError only when state directory or window are not there. */
export async function drawUp(
  request: RestoreRequest,
  context: RestoreContext,
  { draftOf = draftRestore, progress, signal }: DrawUpOptions = {},
): Promise<Drawn> {
  const found = await findSubject(request, context.sources, signal);
  const within = contentsOf(found.subject);
  const read = await vaultOrWhyNot(context, found.subject.stateDir);
  const { vault, unfinished } = "refused" in read ? { vault: "", unfinished: [] } : read;
  const nothing = {
    vault,
    within,
    directories: await sessionDirectories(found.subject.stateDir),
    contents: noContents,
    source: undefined,
    restore: undefined,
    lookAgain: noSecondLook,
  };
  if ("refused" in read) return { ...nothing, checked: { plan: undefined, checks: [read.refused] } };
  let checks: readonly RestoreCheck[] = [];
  try {
    const now = context.host.now();
    const options = { id: newPlanId(now), now, vault, unfinished, signal };
    const facts = await gatherFacts(request, found, context.sources, options);
    const draft = draftOf(facts);
    if ("refused" in draft) {
      checks = checkRefused(facts, draft.refused);
      return { ...nothing, checked: { plan: undefined, checks } };
    }
    checks = checkRestore(facts, draft);
    const contents = await sealContents(draft.recipes, within, progress, signal);
    return {
      ...nothing,
      checked: { plan: sealDraft(draft, contents.sealed), checks },
      contents,
      source: facts.source.index,
      restore: { request, facts },
      lookAgain: (stop) => lookAgain(request, draft, facts, context, stop),
    };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { ...nothing, checked: { plan: undefined, checks: together([cannotLook(error)], checks) } };
  }
}

/** A vault that cannot be read is a reason not to restore, in words. */
async function vaultOrWhyNot(
  context: RestoreContext,
  stateDir: StateDir,
): Promise<VaultState | { readonly refused: RestoreCheck }> {
  try {
    return await readVault(context, stateDir);
  } catch (error) {
    if (!(error instanceof RestoreRefused) && !(error instanceof FileFault)) throw error;
    const remedy = l10n.t("Name another place with openclawSessions.backupDirectory or --backup-dir.");
    return { refused: { code: "vault", level: "blocker", text: inWords(error), remedy } };
  }
}

async function lookAgain(
  request: RestoreRequest,
  draft: RestoreDraft,
  before: RestoreFacts,
  context: RestoreContext,
  signal: AbortSignal | undefined,
): Promise<SecondLook> {
  const same = { ...request, file: before.source.file.path };
  const found = await findSubject(same, context.sources, signal);
  const { vault, unfinished } = await readVault(context, found.subject.stateDir);
  const now = context.host.now();
  const facts = await gatherFacts(same, found, context.sources, { id: before.id, now, vault, unfinished, signal });
  return {
    checks: checkRestore(facts, draft),
    surroundings: facts.surroundings,
    changed: differenceOf(before, facts),
  };
}

/** The file that is another than when it was planned, by name. */
function differenceOf(before: RestoreFacts, now: RestoreFacts): string | undefined {
  if (hashOf(before) !== hashOf(now)) return now.index.path;
  if (before.displaced?.file?.content.sha256 !== now.displaced?.file?.content.sha256) {
    return now.displaced?.file?.path ?? before.displaced?.file?.path;
  }
  const [one, other] = [before.source.file, now.source.file];
  return one.bytes === other.bytes && one.mtimeMs === other.mtimeMs ? undefined : now.source.realPath;
}

function hashOf({ index: { state } }: RestoreFacts): string {
  return state.kind === "read" ? state.content.sha256 : state.kind;
}

function noSecondLook(): Promise<never> {
  return Promise.reject(new RestoreRefused("There is no plan."));
}

/** The reasons first; what was found about the same thing otherwise is not said twice. */
function together(first: readonly RestoreCheck[], others: readonly RestoreCheck[]): readonly RestoreCheck[] {
  const isSaid = (other: RestoreCheck): boolean =>
    first.some(({ code, text }) => code === other.code && text === other.text);
  return [...first, ...others.filter((other) => !isSaid(other))];
}
