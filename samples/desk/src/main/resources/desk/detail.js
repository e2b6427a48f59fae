// One task: its video, history, request and answer, lineage, and what can be done with it.

import { html, nothing } from './webjars/lit-html/lit-html.js';
import * as api from './api.js';
import { labelOf, openAction } from './actions.js';
import { ago, credits, duration, secondsBetween, state, stateClass, time } from './format.js';
import { openForm } from './submit.js';
import { change, go, idOf, now, showPrompts, store } from './store.js';
import { link } from './tasks.js';

const close = () => go({ open: null, detail: null });

async function copy(what, text) {
    try {
        await navigator.clipboard.writeText(text);
        change({ notice: `The ${what} was copied.` });
    } catch {
        change({ notice: `The browser does not let the page copy. Select the ${what} and copy it.` });
    }
}

const fact = (name, value) => value == null || value === '' ? nothing : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const past = iso => iso ? html`<span title=${time(iso)}>${ago(iso, now())}</span>` : null;

const facts = task => html`
    <dl class="facts">
        ${fact('Account', task.account)}
        ${fact('Task id', task.taskId ? html`<code>${task.taskId}</code>` : null)}
        ${task.state === 'UNKNOWN' ? fact('client_business_id', html`<code>${task.wireKey}</code>`) : nothing}
        ${fact('Operation', task.operation)}
        ${fact('Model', task.model)}
        ${fact('Price', task.price == null ? 'not known' : html`${credits(task.price)} credits
            <small>${task.state === 'REJECTED' ? 'not paid' : task.priceKind}</small>`)}
        ${fact('Created', past(task.createdAt))}
        ${fact('Accepted', past(task.acceptedAt))}
        ${fact('Ended', past(task.endedAt))}
        ${fact('Delivered', past(task.deliveredAt))}
        ${fact('Video expires', task.expiresAt && new Date(task.expiresAt) > now()
            ? `in ${duration(secondsBetween(now(), task.expiresAt))}` : past(task.expiresAt))}
        ${fact('Correlation', task.correlationId)}
        ${fact('Tag', task.tag)}
        ${fact('Tenant', task.tenant)}
        ${fact('Node', task.node)}
    </dl>`;

const explain = async task => {
    const problem = await api.videoProblem(task);
    change({ brokenVideo: { id: idOf(task), problem } });
};

const video = task => task.hasVideo ? html`
    <video controls playsinline preload="metadata" aria-label="The video of task ${task.key}" src=${api.videoAddress(task)}
        @error=${() => explain(task)}></video>
    ${store.brokenVideo?.id === idOf(task) ? html`<p role="alert" class="error" data-test="broken">${store.brokenVideo.problem}</p>` : nothing}
    <p><a href=${api.videoAddress(task, { download: true })} download>Download the video</a></p>`
    : nothing;

const prompt = task => html`
    <section aria-labelledby="prompt-title">
        <h3 id="prompt-title">Prompt</h3>
        ${task.prompt != null ? html`<blockquote>${task.prompt}</blockquote>`
            : store.showPrompts ? html`<p class="muted">Not stored.</p>`
            : html`<p class="muted">Hidden. ${store.summary.prompts === 'switch' ? html`
                <button type="button" class="outline small" @click=${() => showPrompts(true)}>Show prompts</button>` : nothing}</p>`}
    </section>`;

const line = (entry, i, entries) => html`
    <li>
        <time datetime=${entry.at}>${time(entry.at)}</time>
        ${i ? html`<small class="muted">${duration(secondsBetween(entries[i - 1].at, entry.at))} later</small>` : nothing}
        <strong>${entry.event}</strong>
        ${entry.to && entry.to !== entry.from ? html`<span class="muted">${entry.from ? `${state(entry.from)} → ` : ''}${state(entry.to)}</span>` : nothing}
        ${entry.actor ? html`<span>by ${entry.actor}</span>` : nothing}
        ${entry.detail ? html`<br><span>${entry.detail}</span>` : nothing}
    </li>`;

const history = entries => html`
    <section aria-labelledby="history-title">
        <h3 id="history-title">History</h3>
        ${entries.length ? html`<ol class="timeline">${entries.map(line)}</ol>` : html`<p class="muted">No line was written.</p>`}
    </section>`;

// A video that the ledger does not know has an id only.
const name = (entry, task) => {
    if (!entry.key) {
        return html`<code>${entry.taskId}</code>`;
    }
    return entry.key === task.key ? html`<strong>${entry.key}</strong>` : link(entry);
};

const relative = (entry, task) => html`
    <li class="generation-${Math.min(3, entry.generation - task.lineage[0].generation)}">
        ${name(entry, task)}
        ${entry.state ? html`<span class=${stateClass(entry.state)}>${state(entry.state)}</span>` : nothing}
        ${entry.credits == null ? nothing : html`<small>${credits(entry.credits)} credits</small>`}
        ${entry.prompt ? html`<br><small>${entry.prompt}</small>` : nothing}
    </li>`;

const paid = entries => entries.reduce((sum, entry) => sum + (entry.state === 'REJECTED' ? 0 : entry.credits ?? 0), 0);

const lineage = task => task.lineage.length < 2 ? nothing : html`
    <section aria-labelledby="lineage-title">
        <h3 id="lineage-title">Lineage: ${credits(paid(task.lineage))} credits</h3>
        <ol class="lineage">${task.lineage.map(entry => relative(entry, task))}</ol>
    </section>`;

const json = (title, value) => value ? html`
    <details><summary>${title}</summary><pre tabindex="0" aria-label=${title}><code>${JSON.stringify(value, null, 2)}</code></pre></details>`
    : nothing;

const command = (what, text) => html`
    <details>
        <summary>${what}</summary>
        <pre tabindex="0" aria-label=${what}><code>${text}</code></pre>
        <button type="button" class="outline" @click=${() => copy(what, text)}>Copy as ${what}</button>
    </details>`;

const cures = task => store.summary.writable ? html`
    <div class="actions" role="group" aria-label="Actions">
        ${task.actions.map(action => html`
            <button type="button" class="outline" data-action=${action}
                @click=${() => openAction(action, { keys: [{ account: task.account, key: task.key }] })}>${labelOf(action)}…</button>`)}
        ${task.hasVideo && task.taskId ? html`
            <button type="button" data-action="remix" @click=${() => openForm(task)}>Remix…</button>` : nothing}
    </div>` : nothing;

const shown = task => html`
    ${task.failure ? html`<p class="error">${task.failure}</p>` : nothing}
    ${video(task)}
    ${cures(task)}
    ${facts(task)}
    ${prompt(task)}
    ${lineage(task)}
    ${history(task.history)}
    ${json('Request', task.request)}
    ${json('Answer', task.answer)}
    ${task.curl ? command('curl', task.curl) : nothing}
    ${task.sql ? command('SQL', task.sql) : nothing}`;

export function detailDialog({ open, detail, error, notice }) {
    const isRead = detail?.key === open.key && detail?.account === open.account;
    return html`
        <article>
            <header>
                <button type="button" class="close" aria-label="Close" rel="prev" @click=${close}></button>
                <h2><code>${open.key}</code> ${isRead ? html`<span class=${stateClass(detail.state)}>${state(detail.state)}</span>` : nothing}</h2>
            </header>
            ${error ? html`<p role="alert" class="error banner">${error}</p>` : nothing}
            ${isRead ? shown(detail) : html`<p aria-busy=${detail?.missing ? 'false' : 'true'}>${detail?.missing ?? 'One moment.'}</p>`}
            <p role="status">${notice}</p>
        </article>`;
}
