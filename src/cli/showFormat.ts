import type { TranscriptPage } from "../core/inspectorPort";
import type { RenderOptions } from "../core/render/rendered";
import { renderMarkdown } from "../core/render/renderMarkdown";
import { renderTranscript } from "../core/render/renderTranscript";

export type Format = "text" | "markdown";

export type Renderer = (page: TranscriptPage, options: RenderOptions) => string;

export function rendererOf(format: Format): Renderer {
  switch (format) {
    case "text":
      return (page, options) => renderTranscript(page, options).text;
    case "markdown":
      return renderMarkdown;
  }
}
