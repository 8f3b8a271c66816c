import { compareText } from "../conversation/fileFacts";
import type { Finding, Severity } from "./finding";

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The worst first, what happened before what only will, then the newest; what has no time comes last among its equals. The same order on every run. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    ranks[a.severity] - ranks[b.severity] ||
    Number(isUpkeep(a)) - Number(isUpkeep(b)) ||
    compareTimes(b.at, a.at) ||
    compareText(a.code, b.code) ||
    compareText(a.subject.agentId ?? "", b.subject.agentId ?? "") ||
    compareText(a.subject.key ?? "", b.subject.key ?? "") ||
    compareText(a.title, b.title) ||
    compareText(a.subject.windowId ?? "", b.subject.windowId ?? "")
  );
}

/** What the clean-up is going to do must not bury what was done already. */
function isUpkeep({ code }: Finding): boolean {
  return code === "archive.will-be-deleted";
}

function compareTimes(a: number | undefined, b: number | undefined): number {
  const [left, right] = [a ?? -Infinity, b ?? -Infinity];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
