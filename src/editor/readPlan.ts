import * as l10n from "@vscode/l10n";
import type { Conversation, Snapshot } from "../core/conversation/model";
import type { Inspector } from "../core/inspectorPort";
import type { RestorePlan } from "../core/restore/restorePlan";
import { renderPlan } from "../core/restore/report/renderPlan";
import { renderReceipt } from "../core/restore/report/renderReceipt";
import type { RenderedReport } from "../core/report/renderedReport";
import { type DocumentContent, noticeContent } from "./documentContent";
import { entryText } from "./entryText";
import { findConversation } from "./findConversation";
import { findWindow } from "./findWindow";
import type { RestorePlans } from "./restorePlans";
import type { EntryDocument, PlanDocument, ReceiptDocument } from "./sessionUri";

/** The editor wraps lines by itself, to the width it has at the moment. Columns. */
const width = 400;

type Known = Pick<Inspector, "snapshot" | "restorer">;

export interface PlanOptions {
  readonly plans: RestorePlans;
  readonly timeZone: string | undefined;
  /** Epoch ms. */
  readonly now?: number;
}

/** What would happen, and what was looked at. The plan stays the same until somebody checks again. */
export async function readPlan(
  known: Known,
  { plan: subject }: PlanDocument,
  { plans, timeZone, now = Date.now() }: PlanOptions,
): Promise<DocumentContent> {
  const planned = await plans.of(subject);
  const { plan } = planned.checked;
  const window = subject.kind === "restore" ? findWindow(known.snapshot, subject)?.window : undefined;
  const vault = await known.restorer.vaultOf(subject.stateDir);
  const conversation = plan && conversationOf(known.snapshot, subject.stateDir, plan);
  const report = renderPlan(planned.checked, { timeZone, now, width, window, vault, conversation });
  return { ...toContent(report), planned };
}

export async function readReceipt(
  { restorer, snapshot }: Known,
  { stateDir, id }: ReceiptDocument,
  { timeZone, now = Date.now() }: Omit<PlanOptions, "plans">,
): Promise<DocumentContent> {
  const receipt = (await restorer.list(stateDir)).find(({ plan }) => plan.id === id);
  if (!receipt) return noticeContent("", l10n.t("There is no receipt of {0}: its folder has gone.", id));
  const vault = await restorer.vaultOf(stateDir);
  const conversation = conversationOf(snapshot, stateDir, receipt.plan);
  return { ...toContent(renderReceipt(receipt, { timeZone, now, width, vault, conversation })), receipt };
}

/** One side of the diff: the entries that the plan changes, under their keys. */
export async function readEntry({ plan, side }: EntryDocument, plans: RestorePlans): Promise<DocumentContent> {
  const { checked } = await plans.of(plan);
  return noticeContent("", entryText(checked.plan?.entries ?? [], side));
}

function conversationOf(snapshot: Snapshot, stateDir: string, { agentId, key }: RestorePlan): Conversation | undefined {
  return findConversation(snapshot, { stateDir, agentId, key });
}

function toContent({ text, sections, links }: RenderedReport): DocumentContent {
  return { ...noticeContent("", ""), text, sections, links };
}
