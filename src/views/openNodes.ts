import type { Memory } from "../editor/memory";

const memoryKey = "openNodes";
/** The latest are enough: nobody opens as many and wants each of them back. */
const remembered = 500;

/**
 * Which nodes somebody opened or closed, kept over a reload of the window: VS Code forgets it for a tree that is empty at
 * first, and this one is until the disk was looked at. What a node is at first does not change while the window lives, as
 * VS Code knows best what is open then.
 */
export class OpenNodes {
  private readonly atStart: ReadonlyMap<string, boolean>;
  private readonly now: Map<string, boolean>;

  constructor(private readonly memory: Memory) {
    const entries = memory.get<readonly (readonly [string, boolean])[]>(memoryKey, []);
    this.atStart = new Map(entries);
    this.now = new Map(entries);
  }

  /** Undefined for a node that nobody touched. */
  isOpenAtFirst(id: string): boolean | undefined {
    return this.atStart.get(id);
  }

  get openAtFirst(): readonly string[] {
    return [...this.atStart].flatMap(([id, isOpen]) => (isOpen ? [id] : []));
  }

  note(id: string, isOpen: boolean): void {
    // A filter opens nodes of its own, which are gone with it.
    if (id.startsWith("filtered|")) return;
    this.now.delete(id);
    this.now.set(id, isOpen);
    void this.memory.update(memoryKey, [...this.now].slice(-remembered));
  }
}
