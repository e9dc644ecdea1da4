import { App } from './app.ts';
import { colourBrush, monochromeBrush } from './draw/brush.ts';
import { createElement as h, render } from './ink.ts';
import type { ReviewSession } from './review-session.ts';
import type { Left } from './ui-state.ts';

/** A terminal to draw on. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly hasColour: boolean;
}

export interface OpenScreen {
  /** How the reader left. The terminal is as it was before by then. Rejects when drawing failed. */
  readonly left: Promise<Left>;
  /** Leaves for the reader. */
  close(): void;
}

/** Shows a session on the terminal's alternate screen until its reader leaves; whatever happens, the terminal is put back. */
export function openScreen(session: ReviewSession, terminal: Terminal): OpenScreen {
  const { stdin, stdout, stderr, hasColour } = terminal;
  const instance = render(h(App, { session, brush: hasColour ? colourBrush : monochromeBrush }), {
    stdin,
    stdout,
    stderr,
    alternateScreen: true,
    interactive: true,
    exitOnCtrlC: false,
    incrementalRendering: false,
    patchConsole: false,
    isScreenReaderEnabled: false,
  });
  const unsubscribe = session.subscribe(() => {
    if (session.state().left !== null) instance.unmount();
  });
  if (session.state().left !== null) instance.unmount();
  return {
    left: instance
      .waitUntilExit()
      .then(() => session.state().left ?? 'view')
      .finally(() => {
        unsubscribe();
        session.close();
      }),
    close: () => instance.unmount(),
  };
}
