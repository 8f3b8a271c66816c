import { compareText } from "../conversation/fileFacts";
import type { Finding, Severity } from "./finding";

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The worst first, then the newest; what has no time comes last among its equals. The same order on every run. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    ranks[a.severity] - ranks[b.severity] ||
    compareTimes(b.at, a.at) ||
    compareText(a.code, b.code) ||
    compareText(a.subject.agentId ?? "", b.subject.agentId ?? "") ||
    compareText(a.subject.key ?? "", b.subject.key ?? "") ||
    compareText(a.title, b.title) ||
    compareText(a.subject.windowId ?? "", b.subject.windowId ?? "")
  );
}

function compareTimes(a: number | undefined, b: number | undefined): number {
  const [left, right] = [a ?? -Infinity, b ?? -Infinity];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
