// Spend by day and model, durations, and failures by reason: as small SVG, and as tables for those who cannot see it.

import { html, nothing, svg } from './webjars/lit-html/lit-html.js';
import * as api from './api.js';
import { count, credits, duration, plural } from './format.js';
import { change, store } from './store.js';

const DAYS = 30;
const WIDTH = 720;
const HEIGHT = 180;
const GAP = 4;
const UPDATE_MILLIS = 60000;

let isOpen = false;

// The charts are read only while they are open.
async function read() {
    if (isOpen) {
        try {
            change({ charts: await api.charts(DAYS), chartsError: null });
        } catch (e) {
            change({ chartsError: e.message });
        }
    }
}

setInterval(() => store.isLive && read(), UPDATE_MILLIS);

const toggle = event => {
    isOpen = event.target.open;
    read();
};

const sum = list => list.reduce((total, each) => total + each.credits, 0);

// All days of the range, which the server counts by UTC, so that a day without spend is seen as one.
function byDay(spend) {
    const last = new Date(store.summary.now);
    return Array.from({ length: DAYS }, (_, i) => {
        const day = new Date(last - (DAYS - 1 - i) * 86400000).toISOString().slice(0, 10);
        return { day, parts: spend.filter(each => each.day === day) };
    });
}

// The end of the scale: 1, 2 or 5 with zeros.
const roundUp = value => {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
    return [1, 2, 5, 10].map(each => each * power).find(each => each >= value);
};

const table = (heads, rows) => html`
    <div class="scroll" tabindex="0" role="region" aria-label=${heads.join(', ')}>
        <table>
            <thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
            <tbody>${rows.map(row => html`<tr>${row.map(cell => html`<td>${cell}</td>`)}</tr>`)}</tbody>
        </table>
    </div>`;

function spendChart(spend) {
    const models = [...new Set(spend.map(each => each.model))].sort();
    const days = byDay(spend);
    const most = Math.max(0, ...days.map(({ parts }) => sum(parts)));
    const top = roundUp(most);
    const step = WIDTH / DAYS;
    const column = ({ day, parts }, i) => {
        let y = HEIGHT;
        return models.map((model, m) => {
            const part = sum(parts.filter(each => each.model === model));
            const height = part / top * HEIGHT;
            y -= height;
            return part ? svg`
                <rect class="series-${m % 6}" x=${i * step + GAP / 2} y=${y} width=${step - GAP} height=${height}>
                    <title>${day}, ${model}: ${credits(part)} credits</title>
                </rect>` : nothing;
        });
    };
    return html`
        <figure>
            <figcaption>Credits by day (UTC) and model: ${credits(sum(spend))} in ${DAYS} days, ${credits(most)} on the most expensive day</figcaption>
            <div class="plot">
                <div class="scale" aria-hidden="true"><span>${credits(top)}</span><span>${credits(top / 2)}</span><span>0</span></div>
                <svg class="days" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="Credits by day and model. The table below has the numbers.">
                    ${[0, HEIGHT / 2, HEIGHT].map(y => svg`<line class="axis" x1="0" x2=${WIDTH} y1=${y} y2=${y} />`)}
                    ${days.map(column)}
                </svg>
                <div class="ends"><span>${days[0].day}</span><span>${days[DAYS - 1].day}</span></div>
            </div>
            <ul class="legend">${models.map((model, m) => html`
                <li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="series-${m % 6}" width="10" height="10" rx="2" /></svg>
                    ${model}: ${credits(sum(spend.filter(each => each.model === model)))}</li>`)}
            </ul>
            <details><summary>As a table</summary>
                ${table(['Day', 'Model', 'Tasks', 'Credits'], spend.map(each => [each.day, each.model, count(each.tasks), credits(each.credits)]))}
            </details>
        </figure>`;
}

function bars(caption, rows, most) {
    return html`
        <figure>
            <figcaption>${caption}</figcaption>
            ${rows.length ? html`<ul class="bars">${rows.map(({ label, text, value }) => html`
                <li><span>${label}</span><span>${text}</span><progress value=${value} max=${most || 1} aria-label=${label}></progress></li>`)}</ul>`
        : html`<p class="muted">None.</p>`}
        </figure>`;
}

const durations = list => bars('Time from acceptance to the end of completed tasks: p50 / p90', list.map(each => ({
    label: each.model,
    text: `${duration(each.p50Seconds)} / ${duration(each.p90Seconds)} (${plural(each.count, 'task')})`,
    value: each.p90Seconds,
})), Math.max(0, ...list.map(each => each.p90Seconds)));

const failures = list => bars('Failures by reason', list.map(each => ({
    label: each.reason, text: count(each.count), value: each.count,
})), Math.max(0, ...list.map(each => each.count)));

export const chartsView = ({ charts, chartsError }) => html`
    <details class="charts" @toggle=${toggle}>
        <summary>The last ${DAYS} days</summary>
        ${chartsError ? html`<p role="alert" class="error">${chartsError}</p>` : nothing}
        ${charts ? html`
            ${charts.isWhole ? nothing : html`<p class="error">There are too many tasks: the oldest ones are left out.</p>`}
            ${spendChart(charts.spend)}
            <div class="grid">${durations(charts.durations)}${failures(charts.failures)}</div>`
        : html`<p aria-busy=${chartsError ? 'false' : 'true'}></p>`}
    </details>`;
