import * as l10n from "@vscode/l10n";
import type { Conversation, StateDir } from "../conversation/model";
import { type Evidence, evidence } from "../evidence/evidence";
import type { LogRecord } from "../log/logRecord";

export interface TokenBudget {
  readonly tokens: number;
  /** Where it was learned. */
  readonly evidence: Evidence;
}

/** How many tokens the prompt of a conversation may have: as its gateway computed it, else the window of its model. */
export function tokenBudget(
  conversation: Conversation,
  { agents, configFacts }: StateDir,
  troubles: readonly LogRecord[],
): TokenBudget | undefined {
  const checked = troubles.findLast(({ event }) => event.kind === "precheck" && isCount(event.budgetTokens));
  if (checked?.event.kind === "precheck" && isCount(checked.event.budgetTokens)) {
    return {
      tokens: checked.event.budgetTokens,
      evidence: evidence("log", () => l10n.t("The budget is what the gateway logged."), checked.place),
    };
  }
  const { row } = conversation;
  if (isCount(row?.contextTokens)) {
    const store = agents.find(({ id }) => id === conversation.agentId)?.roots[0]?.storePath;
    return {
      tokens: row.contextTokens,
      evidence: evidence(
        "store",
        () => l10n.t("The budget is the context window that the index names for this conversation."),
        store === undefined ? undefined : { file: store },
      ),
    };
  }
  const configured = configFacts?.contextTokens;
  if (isCount(configured?.value)) {
    return {
      tokens: configured.value,
      evidence: evidence(
        "config",
        () => l10n.t('The budget is "agents.defaults.contextTokens" of the config.'),
        configured.place,
      ),
    };
  }
  const model = row?.model === undefined ? configFacts?.primaryModel?.value : `${row.modelProvider ?? ""}/${row.model}`;
  const window = model === undefined ? undefined : windowOf(model, configFacts?.contextWindows ?? {});
  if (isCount(window)) {
    return {
      tokens: window,
      evidence: evidence(
        "config",
        () => l10n.t("The budget is the context window that the config names for the model."),
        configFacts?.file === undefined ? undefined : { file: configFacts.file },
      ),
    };
  }
  return undefined;
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value > 0;
}

/** A model may be called like something that every object has. */
function windowOf(model: string, windows: Readonly<Record<string, number>>): number | undefined {
  return Object.hasOwn(windows, model) ? windows[model] : undefined;
}
