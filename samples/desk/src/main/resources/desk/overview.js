// What stands above the table: the money of each account, and the problems with their cures.

import { html, nothing } from './webjars/lit-html/lit-html.js';
import { openAction } from './actions.js';
import { ago, count, credits } from './format.js';
import { go, now, store } from './store.js';

const limit = each => html`
    <label class="limit">
        <span>Spent and held in ${each.window}${each.tenant ? ` for ${each.tenant}` : ''}: ${credits(each.held)} of ${credits(each.credits)}</span>
        <span>${credits(each.left)} left</span>
        <progress value=${each.held} max=${each.credits}></progress>
    </label>`;

const CAUSES = { KEY_REJECTED: 'Key rejected', NO_CREDITS: 'Out of credits' };

// A pause that the service has caused stands among the problems, with its answer.
const pause = each => html`
    <p class="pause"><strong>${CAUSES[each.cause] ?? 'Paused'}</strong> ${ago(each.pausedAt, now())}${
        CAUSES[each.cause] ? '' : ` by ${each.actor}: ${each.reason}`}</p>`;

const figure = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const balance = each => each.unlimited ? 'unlimited' : each.balance == null ? 'not known' : credits(each.balance);

// A screen reader says what the button is about, too.
const button = (label, about, style, act) => html`
    <button type="button" class=${style} aria-label="${label} ${about}" @click=${act}>${label}</button>`;

const account = each => html`
    <article class="account" aria-label="Account ${each.account}">
        <header>
            <h3>${each.account}</h3>
            <span class=${each.pauses.length ? 'badge bad' : 'badge good'}>${each.pauses.length ? 'paused' : 'running'}</span>
            ${store.summary.writable ? html`
                ${button(each.pauses.length ? 'Resume…' : 'Pause…', `account ${each.account}`, 'outline small',
                    () => openAction(each.pauses.length ? 'resume' : 'pause', { account: each.account }))}` : nothing}
        </header>
        <dl class="figures">
            ${figure('Balance', balance(each))}
            ${figure('Spent today (UTC)', credits(each.spentToday))}
            ${figure('This month (UTC)', credits(each.spentThisMonth))}
            ${each.queued ? figure('Waiting to be sent', count(each.queued)) : nothing}
        </dl>
        ${each.balanceError && !each.pauses.some(({ cause }) => CAUSES[cause]) ? html`<p class="reason muted">${each.balanceError}</p>` : nothing}
        ${each.pauses.map(pause)}
        ${each.limits.map(limit)}
    </article>`;

export const money = accounts => html`
    <section aria-labelledby="money-title">
        <h2 id="money-title">Credits</h2>
        <div class="accounts">${accounts.map(account)}</div>
    </section>`;

const text = ({ account: name, count: tasks, text: what }) =>
    tasks && store.summary.accounts.length > 1 ? `Account ${name}: ${what}` : what;

const CURES = {
    resume: problem => button('Resume…', text(problem), 'small', () => openAction('resume', { account: problem.account })),
    release: problem => button('Release all…', text(problem), 'small', () => openAction('release', { q: problem.query })),
};

const show = problem => problem.query ? button('Show', text(problem), 'outline small', () => {
    go({ q: problem.query, sort: problem.sort ?? '-created' });
    const title = document.getElementById('tasks-title');
    title.focus();
    title.scrollIntoView();
}) : nothing;

export const problems = list => list.length ? html`
    <section aria-labelledby="problems-title">
        <h2 id="problems-title">Problems</h2>
        <ul class="problems">
            ${list.map(problem => html`
                <li class="problem" data-kind=${problem.kind}>
                    <div><strong>${text(problem)}</strong>${problem.hint ? html`<br><span>${problem.hint}</span>` : nothing}</div>
                    <div class="actions">${show(problem)}${store.summary.writable && problem.cure ? CURES[problem.cure](problem) : nothing}</div>
                </li>`)}
        </ul>
    </section>` : html`<p><span class="badge good">No problems</span></p>`;
