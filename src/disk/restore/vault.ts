import * as l10n from "@vscode/l10n";
import { createHash } from "node:crypto";
import * as path from "node:path";
import { RestoreRefused } from "../../core/restore/restorer";
import { toReadError } from "../readErrors";
import { realPathOf } from "../regularFile";

/**
 * The vault of a state directory: `<base>/<first 16 hex digits of the SHA-256 of its real path>`. Only told, not made. Throws
 * RestoreRefused where there is no base, ReadError where there is no such state directory.
 */
export async function vaultOf(base: string | undefined, stateDir: string): Promise<string> {
  if (base === undefined) {
    throw new RestoreRefused(
      l10n.t(
        "There is no place for backups: no home directory is known. Name one with openclawSessions.backupDirectory or --backup-dir.",
      ),
    );
  }
  const real = await realPathOf(stateDir).catch((error: unknown) => {
    throw toReadError(error, stateDir);
  });
  return path.join(base, createHash("sha256").update(real).digest("hex").slice(0, 16));
}
