export declare const chromiumArguments: string[];
export declare function findChromium(): string | undefined;

/** A fresh copy of a state directory: an absolute path, or `sample`, `corpora/2026.4.21/daily-reset`, … in test/fixtures. */
export declare function copyOfState(name: string): string;
export declare function discard(folder: string): void;

export interface WorkbenchServer {
  url(folder: string): string;
  /** Writes the user's settings; pages opened afterwards have them. */
  configure(settings: Record<string, unknown>): void;
  output(): string;
  stop(): Promise<void>;
}

export declare function startWorkbenchServer(options: { extensions: string; trust: boolean }): Promise<WorkbenchServer>;
