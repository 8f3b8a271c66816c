import type { Section } from "./rendered";
import type { Shape } from "./view";

interface OpenSection extends Omit<Section, "children" | "lastLine"> {
  lastLine: number;
  readonly children: OpenSection[];
}

/**
 * Nests entries as people read them: what follows a turn belongs to it, results belong to the entry before them, and a
 * stretch off the active branch holds everything in it.
 */
export class SectionStack {
  readonly roots: OpenSection[] = [];
  #branch: OpenSection | undefined;
  #turn: OpenSection | undefined;
  #entry: OpenSection | undefined;

  add(shape: Shape, section: Omit<Section, "children">): void {
    const opened: OpenSection = { ...section, children: [] };
    switch (shape) {
      case "turn":
        this.#attach(opened, this.#branch);
        this.#turn = opened;
        this.#entry = undefined;
        break;
      case "entry":
        this.#attach(opened, this.#turn ?? this.#branch);
        this.#entry = opened;
        break;
      case "line":
        this.#attach(opened, this.#turn ?? this.#branch);
        this.#entry = undefined;
        break;
      case "result":
        this.#attach(opened, this.#entry ?? this.#turn ?? this.#branch);
    }
    this.extend(section.lastLine);
  }

  /** What is open reaches down to this line. */
  extend(lastLine: number): void {
    for (const ancestor of [this.#branch, this.#turn, this.#entry]) if (ancestor) ancestor.lastLine = lastLine;
  }

  openBranch(section: Omit<Section, "children">): void {
    const opened: OpenSection = { ...section, children: [] };
    this.roots.push(opened);
    this.#branch = opened;
  }

  /** Ends the turn, too: what follows a branch does not belong to the turn before it. */
  closeBranch(): void {
    this.#branch = undefined;
    this.#turn = undefined;
    this.#entry = undefined;
  }

  #attach(section: OpenSection, parent: OpenSection | undefined): void {
    (parent?.children ?? this.roots).push(section);
  }
}
