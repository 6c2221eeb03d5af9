import { useState } from 'react';
import { post } from '../live/http.ts';
import { refresh } from '../live/live.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { toast } from '../ui/toasts.tsx';

/** Everything as on the first day. */
export function ResetButton() {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const reset = async () => {
    setBusy(true);
    const { ok, error = '' } = await post('/control/reset');
    setBusy(false);
    setAsking(false);
    refresh('/');
    toast(
      ok ? { title: 'Everything is as on the first day' } : { title: 'Not reset', text: error, tone: 'bad' },
    );
  };
  return (
    <>
      <button
        type="button"
        className="top-button"
        aria-label="Reset"
        title="Reset"
        onClick={() => setAsking(true)}
      >
        <Icon name="reset" />
      </button>
      {asking && (
        <Dialog title="Start over?" className="confirm" onClose={() => setAsking(false)}>
          <div className="dialog-body">
            <p>Messages, the cloud, the clock and what the bot remembers go back to the beginning.</p>
          </div>
          <footer>
            <button type="button" className="button" onClick={() => setAsking(false)}>
              Keep it
            </button>
            <button
              type="button"
              className="button danger solid"
              disabled={busy}
              onClick={() => void reset()}
            >
              {busy ? 'Starting over…' : 'Start over'}
            </button>
          </footer>
        </Dialog>
      )}
    </>
  );
}
