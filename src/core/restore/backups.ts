import { checkpointFiles } from "./checkpointItems";
import type { ContentRecipe } from "./contentRecipe";
import { realPlace } from "./places";
import type { RestoreFacts } from "./restoreFacts";

/** Content that is copied into the vault, and where it is now. */
export interface Backup {
  readonly name: string;
  readonly path: string;
  readonly recipe: ContentRecipe;
}

/** The index and all that is moved: kept whatever comes. */
export function movedBackups(facts: RestoreFacts): readonly Backup[] {
  const { index, displaced, request } = facts;
  const backups: Backup[] = [];
  if (index.state.kind === "read") {
    const path = realPlace(facts, index.path);
    backups.push({ name: "index-before", path, recipe: { kind: "bytes", bytes: index.state.bytes } });
  }
  const file = request.target.kind === "in-place" ? displaced?.file : undefined;
  if (file !== undefined) {
    backups.push({ name: "displaced", path: file.path, recipe: { kind: "file", path: file.path } });
  }
  return backups;
}

/** The transcript that comes back, as it is, and the checkpoints of its session. */
export function sourceBackups(facts: RestoreFacts, headerId: string): readonly Backup[] {
  const { source } = facts;
  const checkpoints = checkpointFiles(facts, headerId).filter(({ path }) => path !== source.file.path);
  return [
    { name: "source", path: source.file.path, recipe: { kind: "file", path: source.realPath } },
    ...checkpoints.map(({ path }, n): Backup => {
      return { name: `checkpoint-${String(n + 1)}`, path, recipe: { kind: "file", path } };
    }),
  ];
}
