// What can be done with tasks and accounts, and the dialog in which it is previewed, confirmed and reported.

import { html, nothing } from './webjars/lit-html/lit-html.js';
import * as api from './api.js';
import { attempt, close } from './dialog.js';
import { credits, plural } from './format.js';
import { change, load, store } from './store.js';

// Those with a preview can be done with one task, a selection, or all that match. The server says which ones fit a task.
const ACTIONS = {
    adopt: {
        label: 'Adopt', does: 'Gives the lost submit the task that you found in the vendor\'s console.', needs: 'taskId',
    },
    retry: {
        label: 'Retry', does: 'Pays for the request once more, under its key.', pays: true, isPreviewed: true,
    },
    release: {
        label: 'Release', does: 'Follows the task again, or delivers its result again.', isPreviewed: true,
    },
    setAside: {
        label: 'Set aside', does: 'Takes the task out of tracking and delivery until it is released.', isPreviewed: true,
    },
    forget: {
        label: 'Forget', isPreviewed: true,
        does: 'Removes the record. The next submit under its key is sent, and paid for again.',
    },
    cancel: {
        label: 'Cancel', does: 'Cancels the submit while it waits in this program to be sent. Nothing is paid.',
    },
    pause: { label: 'Pause', does: 'New submits of the account wait until it is resumed.', needs: 'reason' },
    resume: { label: 'Resume', does: 'Ends all pauses of the account.' },
};

export const FOR_MANY = Object.keys(ACTIONS).filter(name => ACTIONS[name].isPreviewed);
export const labelOf = name => ACTIONS[name].label;

// The target is {keys}, {q} or {account}.
export async function openAction(action, target) {
    change({ dialog: { kind: 'act', action, target, isBusy: ACTIONS[action].isPreviewed } });
    if (ACTIONS[action].isPreviewed) {
        await attempt(async () => ({ preview: await api.act({ action, ...target }) }));
    }
}

async function confirm(event) {
    event.preventDefault();
    const { action, target, preview } = store.dialog;
    const fields = Object.fromEntries(new FormData(event.target));
    const body = preview
        ? { action, token: preview.token, reason: fields.reason }
        : { action, ...(target.account ? { account: target.account } : target.keys[0]), ...fields };
    await attempt(async () => {
        const result = await api.act(body);
        return { result: preview ? result : { done: [target.account ?? target.keys[0]], changed: [], refused: [] } };
    }, true);
    if (store.dialog?.result) {
        // A forgotten task has nothing to show any more.
        change({ selected: new Map(), isAllSelected: false, ...(action === 'forget' ? { open: null, detail: null } : {}) });
        document.querySelector('#action footer button').focus();
    }
    await load();
}

const subject = ({ account, keys, q }) => {
    if (account) {
        return html`account <strong>${account}</strong>`;
    }
    if (keys) {
        return keys.length === 1 ? html`task <code>${keys[0].key}</code>` : plural(keys.length, 'selected task');
    }
    return q ? html`all tasks that match <code>${q}</code>` : 'all tasks';
};

const price = ({ credits: sum, withoutPrice }) => html`
    <strong>${credits(sum)} credits</strong>${withoutPrice ? html`, and ${plural(withoutPrice, 'task')} without a known price` : nothing}`;

const keyed = (list, text) => html`
    <li>${text(list.length)}
        <details><summary>Keys</summary>
            <ul>${list.map(entry => html`<li><code>${entry.key}</code>${entry.reason ? `: ${entry.reason}` : nothing}</li>`)}</ul>
        </details>
    </li>`;

const previewed = (preview, { pays }) => html`
    <div data-test="preview">
        <p>${plural(preview.records, 'task')}.
            ${pays ? html`This costs ${price(preview)}.` : html`Their price is ${price(preview)}; this costs nothing.`}</p>
        ${preview.refused.length ? html`<ul>${keyed(preview.refused, n => `${plural(n, 'task')} left out, because the action does not fit ${n === 1 ? 'it' : 'them'}.`)}</ul>` : nothing}
    </div>`;

// The ledger has failed during the action. The server's answer names a token, which a user of the page does not know.
const stopped = notReached => html`
    <div role="alert" class="error">
        <ul>
            ${keyed(notReached, n => `${plural(n, 'task')} ${n === 1 ? 'was' : 'were'} not reached, because the ledger failed. Choose ${n === 1 ? 'it' : 'them'} again when it answers.`)}
        </ul>
    </div>`;

const reported = ({ done, changed, refused, notReached }) => html`
    <div role="status" data-test="result">
        <p><strong>Done: ${done.length}.</strong></p>
        <ul>
            ${changed.length ? keyed(changed, n => `${plural(n, 'task')} changed since the preview; nothing was done to ${n === 1 ? 'it' : 'them'}.`) : nothing}
            ${refused.length ? keyed(refused, n => `${plural(n, 'task')} refused.`) : nothing}
        </ul>
    </div>
    ${notReached?.length ? stopped(notReached) : nothing}
    <footer><button type="button" autofocus @click=${close}>Close</button></footer>`;

const asked = (dialog, action) => html`
    <p>${action.does}</p>
    ${dialog.preview ? previewed(dialog.preview, action) : nothing}
    ${dialog.isBusy ? html`<p aria-busy="true">One moment.</p>` : nothing}
    <form id="act" @submit=${confirm}>
        ${action.needs === 'taskId' ? html`
            <label>Task id, from the vendor's console
                <input name="taskId" required autocomplete="off" spellcheck="false" autofocus>
            </label>` : nothing}
        <label>Reason, for the history
            <input name="reason" maxlength="200" autocomplete="off" ?required=${action.needs === 'reason'}
                ?autofocus=${action.needs !== 'taskId'}>
        </label>
    </form>
    <footer>
        <button type="button" class="secondary" ?disabled=${dialog.isActing} @click=${close}>Leave it</button>
        <button form="act" ?disabled=${dialog.isBusy || (action.isPreviewed && !dialog.preview?.records)}>
            ${action.label}${action.pays && dialog.preview?.records ? ` for ${credits(dialog.preview.credits)} credits` : ''}
        </button>
    </footer>`;

export function actDialog(dialog) {
    const action = ACTIONS[dialog.action];
    return html`
        <article>
            <h2>${action.label}: ${subject(dialog.target)}</h2>
            ${dialog.error ? html`<p role="alert" class="error">${dialog.error}</p>` : nothing}
            ${dialog.result ? reported(dialog.result) : asked(dialog, action)}
        </article>`;
}
