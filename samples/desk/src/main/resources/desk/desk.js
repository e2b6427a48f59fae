// The page: renders what the store has, and reads the server again and again.

import { html, nothing, render } from './webjars/lit-html/lit-html.js';
import { actDialog } from './actions.js';
import { chartsView } from './charts.js';
import { detailDialog } from './detail.js';
import { close } from './dialog.js';
import { time } from './format.js';
import { money, problems } from './overview.js';
import { submitDialog } from './submit.js';
import { change, go, keepLive, onChange, readAddress, showPrompts, store } from './store.js';
import { filters, searchBox, table } from './tasks.js';

const DIALOGS = { act: actDialog, submit: submitDialog };

// Escape does not close a dialog before its outcome is seen.
const stayWhileActing = event => store.dialog?.isActing && event.preventDefault();

// A closed dialog gives the focus back to the element that had it before. If that one is gone, the body or a hidden button has it.
function placeFocus() {
    if (document.activeElement === document.body || document.activeElement.closest('dialog:not([open])')) {
        (document.querySelector('dialog[open] .close') ?? document.getElementById('tasks-title')).focus();
    }
}

function taskClosed() {
    placeFocus();
    if (store.open) {
        go({ open: null, detail: null });
    }
}

function actionClosed() {
    placeFocus();
    if (store.dialog) {
        close();
    }
}

const top = summary => html`
    <header class="top container">
        <h1>Remix desk</h1>
        ${summary.writable ? nothing : html`<span class="badge">read only</span>`}
        <span class="muted">${summary.actor}</span>
        ${store.isLive ? nothing : html`<span class="muted">as of ${time(summary.now)}</span>`}
        <div class="switches">
            ${summary.prompts === 'switch' ? html`
                <label><input type="checkbox" role="switch" .checked=${store.showPrompts} @change=${event => showPrompts(event.target.checked)}>Prompts</label>` : nothing}
            <label><input type="checkbox" role="switch" .checked=${store.isLive}
                @change=${event => change({ isLive: event.target.checked })}>Live</label>
        </div>
    </header>`;

const failed = summary => store.error ? html`
    <p role="alert" class="error banner">${store.error} ${summary ? `This is as of ${time(summary.now)}.` : nothing}</p>` : nothing;

const page = ({ summary, found }) => summary ? html`
    ${top(summary)}
    <main class="container">
        ${failed(summary)}
        ${money(summary.accounts)}
        ${problems(summary.problems)}
        <section aria-labelledby="tasks-title">
            <h2 id="tasks-title" tabindex="-1">Tasks</h2>
            ${searchBox()}
            ${found.problem ? nothing : html`${filters(found.states)}${table(found)}`}
        </section>
        ${chartsView(store)}
        <p class="hidden" role="status">${store.announced}</p>
    </main>
    <dialog id="detail" class="drawer" aria-label="Task" @close=${taskClosed}>
        ${store.open ? detailDialog(store) : nothing}
    </dialog>
    <dialog id="action" aria-label="Action" @cancel=${stayWhileActing} @close=${actionClosed}>
        ${store.dialog ? DIALOGS[store.dialog.kind](store.dialog) : nothing}
    </dialog>` : html`<main class="container">${store.error ? failed() : html`<p aria-busy="true">The desk is loading.</p>`}</main>`;

// The browser keeps the focus inside an open dialog, and gives it back when it closes.
function showDialog(id, isOpen) {
    const dialog = document.getElementById(id);
    if (dialog && isOpen !== dialog.open) {
        if (isOpen) {
            dialog.showModal();
        } else {
            dialog.close();
        }
    }
}

onChange(() => {
    render(page(store), document.getElementById('desk'));
    showDialog('detail', Boolean(store.open));
    showDialog('action', Boolean(store.dialog));
});
addEventListener('popstate', readAddress);
change({});
keepLive();
