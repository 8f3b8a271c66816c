import * as l10n from "@vscode/l10n";
import { ReadError } from "../inspectorPort";
import { codeOf, FileFault, inWords } from "../restore/engine/fileFault";
import { KeepRefused } from "./keptCopy";

/** What went wrong while a copy was kept, in words; what is no error of a disk stays what it is. */
export function keepFault(error: unknown, folder: string): unknown {
  if (error instanceof KeepRefused || error instanceof ReadError || codeOf(error) === undefined) return error;
  if (error instanceof FileFault && error.call !== "read" && ["EACCES", "EPERM", "EROFS"].includes(error.code)) {
    return new KeepRefused(
      l10n.t(
        "Nothing was kept: {0} may not be written ({1}). Give this user the right to write there, or choose another folder for kept copies than {2}.",
        error.path,
        error.code,
        folder,
      ),
      { cause: error },
    );
  }
  if (["ENOTDIR", "EEXIST"].includes(codeOf(error) ?? "")) {
    return new KeepRefused(
      l10n.t(
        "Nothing was kept: {0} cannot be a folder, for there is something else of that name on the way. Choose another folder for kept copies.",
        folder,
      ),
      { cause: error },
    );
  }
  return new KeepRefused(l10n.t("Nothing was kept. {0}", inWords(error)), { cause: error });
}
