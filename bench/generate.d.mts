export function largeTranscript(megabytes: number): Promise<string>;
export function largeStateDirectory(size: {
  readonly transcripts: number;
  readonly megabytes: number;
}): Promise<string>;
export function removeGenerated(): number;
