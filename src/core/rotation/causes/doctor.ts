import * as l10n from "@vscode/l10n";
import { record } from "../../evidence/evidence";
import { parseSessionKey } from "../../names/sessionKey";
import { certain, type Judgement, silent } from "../judgement";
import type { RotationFacts } from "../rotationFacts";

/** Doctor gave a main conversation full of heartbeats a key of its own (2026.5.5+); only doctor makes such keys. */
export function judgeDoctor({ boundary: { from } }: RotationFacts): Judgement {
  const join = from.join;
  if (join === undefined || parseSessionKey(join.key).about.kind !== "heartbeat-recovered") return silent;
  const say = (): string => l10n.t("The old transcript has the key {0} now, which only doctor makes.", join.key);
  return certain("doctor", record("store", say));
}
