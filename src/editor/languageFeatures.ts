import * as vscode from "vscode";
import type { Section, SectionKind } from "../core/render/rendered";
import { Language, scheme } from "./contributions";
import { toLinkTarget } from "./linkTarget";
import type { OpenDocuments } from "./openDocuments";
import { plainList } from "./plainMarkdown";

/**
 * Outline (and with it sticky scroll and breadcrumbs), folding, links and hovers of our documents. All of it was made together
 * with the text; here it is only put into VS Code's terms.
 */
export function registerLanguageFeatures(documents: OpenDocuments): vscode.Disposable {
  const structured: vscode.DocumentFilter[] = [
    { scheme, language: Language.transcript },
    { scheme, language: Language.explanation },
    { scheme, language: Language.plan },
  ];
  const any: vscode.DocumentFilter = { scheme };
  // Folding is asked for when a text arrives; it must be asked again for a text that was known before VS Code had it.
  const foldingChanged = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    foldingChanged,
    documents.onDidChange(() => {
      foldingChanged.fire();
    }),
    vscode.languages.registerDocumentSymbolProvider(
      structured,
      {
        provideDocumentSymbols: (document) =>
          documents.contentOf(document)?.sections.map((it) => toSymbol(document, it)),
      },
      { label: "OpenClaw Sessions" },
    ),
    vscode.languages.registerFoldingRangeProvider(structured, {
      onDidChangeFoldingRanges: foldingChanged.event,
      provideFoldingRanges: (document) => documents.contentOf(document)?.sections.flatMap(toFoldingRanges),
    }),
    vscode.languages.registerDocumentLinkProvider(any, {
      provideDocumentLinks(document) {
        const shown = documents.get(document.uri);
        if (!shown || !documents.contentOf(document)) return undefined;
        return shown.content.links.flatMap((link) => {
          const target = toLinkTarget(shown, link.target);
          if (!target) return [];
          const range = new vscode.Range(link.line, link.startCharacter, link.line, link.endCharacter);
          const documentLink = new vscode.DocumentLink(range, target);
          documentLink.tooltip = link.tooltip;
          return documentLink;
        });
      },
    }),
    vscode.languages.registerHoverProvider(any, {
      provideHover(document, { line, character }) {
        const hover = documents
          .contentOf(document)
          ?.hovers.find((it) => it.line === line && it.startCharacter <= character && character < it.endCharacter);
        if (!hover) return undefined;
        // As text: what a hover says may come from the transcript.
        const text = new vscode.MarkdownString(plainList(hover.text), false);
        text.isTrusted = false;
        return new vscode.Hover(text, new vscode.Range(line, hover.startCharacter, line, hover.endCharacter));
      },
    }),
  );
}

function toSymbol(document: vscode.TextDocument, section: Section): vscode.DocumentSymbol {
  const first = document.lineAt(section.firstLine).range;
  const whole = first.with({ end: document.lineAt(section.lastLine).range.end });
  const name = section.title === "" ? document.lineAt(section.firstLine).text : section.title;
  const symbol = new vscode.DocumentSymbol(name, section.detail, symbolKinds[section.kind], whole, first);
  symbol.children = section.children.map((child) => toSymbol(document, child));
  return symbol;
}

function toFoldingRanges(section: Section): vscode.FoldingRange[] {
  const below = section.children.flatMap(toFoldingRanges);
  if (section.lastLine <= section.firstLine) return below;
  return [new vscode.FoldingRange(section.firstLine, section.lastLine), ...below];
}

/** There are no symbol kinds for conversations; these have icons and colours that fit. */
const symbolKinds: Readonly<Record<SectionKind, vscode.SymbolKind>> = {
  user: vscode.SymbolKind.Class,
  assistant: vscode.SymbolKind.Method,
  mirror: vscode.SymbolKind.Event,
  tool: vscode.SymbolKind.Function,
  machine: vscode.SymbolKind.Interface,
  context: vscode.SymbolKind.Namespace,
  compaction: vscode.SymbolKind.Package,
  reset: vscode.SymbolKind.Operator,
  state: vscode.SymbolKind.Constant,
  branch: vscode.SymbolKind.Enum,
  damage: vscode.SymbolKind.Null,
  unknown: vscode.SymbolKind.Null,
};
