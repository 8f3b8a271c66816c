import * as l10n from "@vscode/l10n";
import { type Evidence, evidence } from "../evidence/evidence";
import { iso } from "./compared";
import type { RotationFacts } from "./rotationFacts";

/** The policy that is read from the config may have been written after the reset. What is a default then is one now, mostly. */
export function laterConfig({ boundary: { at }, config, surroundings: { policy } }: RotationFacts): Evidence[] {
  const touched = config?.lastTouched;
  if (at === undefined || touched?.at === undefined || touched.at <= at || policy[0].isDefault) return [];
  const written = touched.at;
  return [
    evidence(
      "config",
      () =>
        l10n.t("openclaw.json was last written {0}, after the reset; what it said then is not known.", iso(written)),
      touched.place,
    ),
  ];
}
