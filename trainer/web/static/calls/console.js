// The call console: joins microphone, server, customer's voice and screen. The server's event log is the truth; this page
// only shows it, and sends what the learner says and does.

import { clock } from "../clock.js";
import { Captions } from "./captions.js";
import { Ear } from "./ear.js";
import { FocusKeeper } from "./focus.js";
import { AnswerGap } from "./gap.js";
import { newId } from "./ids.js";
import { listenToKeys } from "./keyboard.js";
import { Line } from "./line.js";
import { NoMicrophone } from "./microphone.js";
import { Outbox } from "./outbox.js";
import { Notices, showHints } from "./notices.js";
import { Phone } from "./phone.js";
import { Player } from "./player.js";
import { SilenceClock } from "./silence.js";
import { Talk } from "./talk.js";
import { Tones } from "./tones.js";
import { Wave } from "./wave.js";
import { Workscreen } from "./workscreen.js";
import { WriteUp } from "./write-up.js";

/** Events that are heard one after the other. */
const SOUNDED = new Set(["customer_line", "aside_line", "dialled"]);
const RINGS_MS = { answered: 2500, wrong_person: 3500, voicemail: 6000, no_answer: 8000 };
const BUSY_AFTER_MS = 2500;
const $ = (selector) => document.querySelector(selector);
const data = JSON.parse($("#call-data").textContent);
const { texts, urls } = data;

/** This tab's name: kept over a reload, but not copied when the tab is duplicated. */
function tabName() {
  const name = sessionStorage.getItem("call-tab") || newId();
  sessionStorage.removeItem("call-tab");
  window.addEventListener("pagehide", () => sessionStorage.setItem("call-tab", name));
  return name;
}

class Console {
  constructor() {
    this.state = "ringing";
    this.waitMs = 800;
    this.queue = [];
    this.seen = 0;
    this.clockFrom = null;
    this.freeMs = 0; // when the customer fell silent, by the call's clock
    this.interrupted = false;
    this.muted = false;
    this.sending = new Set();
    this.root = $("#console");
    this.tab = tabName();
    this.notices = new Notices($("#notice"));
    this.captions = new Captions($("#captions"), texts);
    this.wave = new Wave($("#wave"));
    this.gap = new AnswerGap();
    this.player = new Player({
      audioUrl: urls.audio,
      onPlaying: (event) => this.captions.show(event),
      onSound: () => this.gap.heard(),
    });
    this.outbox = new Outbox(data.call);
    this.line = new Line({ outbox: this.outbox, csrf: data.csrf, stateUrl: urls.state, tab: this.tab, on: this.hearings() });
    this.tones = new Tones(urls.tone);
    this.screen = new Workscreen($("#workscreen"), {
      people: data.people,
      hidden: data.hidden,
      onAction: (action) => this.happen({ kind: "screen", ...action }),
      onCallback: (plan) => this.happen({ kind: "callback", ...plan }),
    });
    this.phone = new Phone({ send: (body) => this.happen(body), onHold: (on) => this.held(on), texts, tones: this.tones });
    this.ear = new Ear({
      workletUrl: urls.worklet,
      now: () => this.elapsed(),
      waitMs: () => (this.screen.takingDown() ? Math.max(1800, this.waitMs) : this.waitMs),
      loud: () => this.player.playing,
      on: {
        level: (level, speaking) => {
          this.heardLevel = level;
          this.heardVoice = speaking ? "operator" : "quiet";
        },
        start: () => this.began(),
        pause: (wav) => this.hearAhead(wav),
        turn: (turn) => this.spoke(turn),
        lost: () => this.withoutMicrophone("missing"),
      },
    });
    this.silence = new SilenceClock({
      limits: data.silence_s,
      counts: () => this.state === "yours" && this.phone.party === "customer" && this.ear.isOpen && !this.ear.speaking && !this.muted && !this.sending.size,
      typing: () => this.screen.typing() || this.talk.typing(),
      onSilence: (seconds) => this.happen({ kind: "silence", seconds }),
    });
    this.talk = new Talk(this.controls());
    this.writeUp = new WriteUp({ save: (body) => this.save(body), values: () => this.screen.values(), texts });
    this.bind();
    setInterval(() => this.tick(), 500);
    setInterval(() => this.drawCall(), 40);
  }

  // --- the server's side -------------------------------------------------------------------------------------------

  hearings() {
    return {
      answer: (item, json) => this.answered(item, json),
      refused: (item, problem) => this.refused(item, problem),
      expired: () => this.notices.show("warn", texts.expired, { href: urls.login, label: texts.signIn }),
      taken: (message) => this.lostToOtherTab(message),
      waiting: (message, again, why) => {
        const text = message || (why === "offline" ? texts.offline : texts.serverDown);
        this.notices.show("warn", text, again ? { label: texts.retry, act: () => this.line.resume() } : null);
      },
      clear: () => this.notices.clear("line"),
    };
  }

  async claim(takeOver = false) {
    const response = await fetch(urls.claim, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.line.csrf, Accept: "application/json" },
      body: JSON.stringify({ tab: this.tab, take_over: takeOver }),
    });
    if (response.redirected || response.status === 401) return this.hearings().expired();
    const json = await response.json();
    if (!response.ok) return this.lostToOtherTab(json.message);
    this.line.csrf = json.csrf;
    this.notices.clear("line");
    this.resumeWith(json);
    await this.outbox.load();
    this.line.resume();
    return null;
  }

  /** Begin where the log stands: at the first answer, after a reload, or after taking the call over. */
  resumeWith(json) {
    this.seen = 0;
    for (const event of json.events) {
      this.seen = event.seq;
      this.captions.show(event);
    }
    this.screen.restore(json.fields || {});
    this.screen.people.restore(json.record_opened);
    this.apply(json.call);
    showHints($("#hints"), json.hints, texts);
  }

  answered(item, json) {
    this.sending.delete(item.key);
    this.captions.settle(item.key);
    const fresh = json.events.filter((event) => event.seq > this.seen);
    if (item.kind === "turn" && !fresh.some((event) => SOUNDED.has(event.type))) this.gap.forget();
    for (const event of fresh) {
      this.seen = event.seq;
      // A customer who speaks up because nobody answers goes on waiting for the answer; one who dictates begins anew.
      const waiting = item.kind === "silence" && item.body.seconds >= this.silence.limits[0];
      if (SOUNDED.has(event.type)) this.queue.push({ ...event, waiting });
      else this.captions.show(event);
      if (event.type === "callback_scheduled") this.screen.sheets.planned(texts.planned);
    }
    if (json.review) {
      window.location.assign(json.review);
      return;
    }
    showHints($("#hints"), json.hints, texts);
    if (json.notice) this.notices.show(json.notice.kind, json.notice.text, null, "turn");
    else if (item.kind === "turn") this.notices.clear("turn");
    this.pendingCall = json.call;
    this.waitMs = json.call.wait_ms;
    this.playQueue();
  }

  refused(item, { code, message, status }) {
    this.sending.delete(item.key);
    this.captions.settle(item.key);
    if (code === "call.over") {
      this.refresh();
      return;
    }
    const field = item.body?.kind === "callback" ? "" : item.body?.field;
    if (item.kind === "screen" && field && this.screen.problem(field, message)) return;
    if (item.kind === "wrap_up") this.writeUp.refused(message);
    if (item.kind === "turn" && item.body?.text) $("#typed").value = item.body.text;
    this.notices.show("bad", message || (status === 413 ? texts.tooLarge : texts.refused), null, "turn");
    if (item.kind === "turn") this.setState("yours");
  }

  async refresh() {
    const response = await fetch(urls.state, { headers: { Accept: "application/json" } });
    if (response.ok && !response.redirected) this.resumeWith(await response.json());
  }

  lostToOtherTab(message) {
    this.setState("elsewhere");
    this.player.stop();
    this.ear.listening = false;
    this.notices.show("warn", message, {
      label: texts.takeOver,
      act: () => this.takeOver(),
    });
  }

  async takeOver() {
    this.setState(this.pickedUp ? "yours" : "ringing");
    await this.claim(true);
    if (this.pickedUp && this.state !== "elsewhere") {
      this.line.resume();
      await this.openMicrophone();
    }
  }

  // --- the customer speaks -----------------------------------------------------------------------------------------

  async playQueue() {
    if (this.playingQueue) return;
    this.playingQueue = true;
    while (this.queue.length) {
      const event = this.queue.shift();
      if (!event.waiting) this.silence.restart();
      if (event.type === "dialled") {
        this.captions.show(event);
        await this.ringOut(event.result);
        continue;
      }
      this.setState(event.party ? "aside" : "customer");
      const how = await this.player.play(event);
      if (event.party === "machine") await this.tones.play("beep");
      if (how === "stopped") {
        this.queue.forEach((left) => this.captions.show(left));
        this.queue = [];
      }
    }
    this.playingQueue = false;
    this.freeMs = this.elapsed();
    if (this.pendingCall) this.apply(this.pendingCall);
  }

  /** What is heard after dialling until somebody, or nobody, answers. */
  async ringOut(result) {
    this.setState("dialling");
    if (result === "busy") await this.atMost(this.tones.play("busy", { loop: true }), 3000);
    else await this.atMost(this.tones.play("ringback", { loop: true }), RINGS_MS[result] ?? 2500);
    this.tones.stop();
  }

  atMost(promise, ms) {
    return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, ms))]).then(
      () => new Promise((resolve) => setTimeout(resolve, 0)),
    );
  }

  // --- the learner speaks, types, does -----------------------------------------------------------------------------

  began() {
    if (this.player.playing) {
      this.interrupted = true;
      this.player.stop();
    }
    this.silence.restart();
    this.setState("listening");
  }

  /** At the first pause recognition may begin; the result is used if the turn really ended there. */
  hearAhead(wav) {
    if (this.sending.size) return;
    fetch(urls.ahead, {
      method: "POST",
      headers: { "Content-Type": "audio/wav", "X-CSRFToken": this.line.csrf, Accept: "application/json" },
      body: wav,
    }).catch(() => {});
  }

  spoke({ wav, startedMs, endedMs }) {
    const free = Math.round(Math.min(this.freeMs, startedMs));
    const before = this.gap.take();
    this.gap.spoke(this.clockFrom + endedMs);
    this.sendTurn(wav, { started_ms: Math.round(startedMs), ended_ms: Math.round(endedMs), free_ms: free, ...before }, "…");
  }

  typed() {
    const box = $("#typed");
    const text = box.value.trim();
    if (!text || !this.canSpeak()) return;
    const ended = Math.round(this.elapsed());
    const started = Math.round(Math.min(ended, this.typingFrom ?? ended));
    this.typingFrom = undefined;
    if (this.player.playing) {
      this.interrupted = true;
      this.player.stop();
    }
    box.value = "";
    this.gap.forget();
    this.sendTurn({ text, started_ms: started, ended_ms: ended, interrupted: this.interrupted, ...this.gap.take() }, {}, text);
  }

  canSpeak() {
    return ["yours", "customer", "aside", "listening", "thinking"].includes(this.state) && this.phone.party !== "";
  }

  /** Tell what the page waits for when many calls are at the recognizer. */
  async explainTheWait(key) {
    await new Promise((resolve) => setTimeout(resolve, BUSY_AFTER_MS));
    while (this.sending.has(key)) {
      const answer = await fetch(`${urls.busy}?turn=${key}`, { headers: { Accept: "application/json" } }).catch(() => null);
      const seconds = answer?.ok ? (await answer.json().catch(() => ({}))).seconds : 0;
      if (!this.sending.has(key)) break;
      if (seconds > 1) this.notices.show("info", texts.busy.replace("SECONDS", seconds), null, "busy");
      await new Promise((resolve) => setTimeout(resolve, BUSY_AFTER_MS));
    }
    this.notices.clear("busy");
  }

  async sendTurn(body, query, shown) {
    const key = newId();
    const interrupted = this.interrupted;
    this.interrupted = false;
    this.captions.expect(key, shown);
    this.sending.add(key);
    this.setState("thinking");
    if (body instanceof ArrayBuffer) this.explainTheWait(key);
    await this.line.send({
      kind: "turn",
      key,
      path: urls.turn.replace("TURN", key),
      query: body instanceof ArrayBuffer ? { ...query, interrupted: interrupted ? 1 : 0, ...this.heard(interrupted) } : {},
      body,
    });
  }

  /** How much of the customer's line had been heard when the learner spoke over it. */
  heard(interrupted) {
    return interrupted && this.player.heardMs !== null ? { heard_ms: this.player.heardMs } : {};
  }

  async happen(body) {
    if (this.state === "ringing" || this.state === "elsewhere") return;
    const key = newId();
    const over = ["wrap_up", "finished"].includes(this.state);
    if (over && body.kind !== "screen") return;
    await this.line.send({ kind: body.kind, key, path: urls.happen.replace("TURN", key), body: { ...body, at_ms: this.elapsed() | 0 } });
  }

  save(body) {
    const key = newId();
    return this.line.send({ kind: "wrap_up", key, path: urls.wrapUp.replace("TURN", key), body: { ...body, ...this.gap.take() } });
  }

  held(on) {
    this.gap.forget();
    if (on) this.player.stop();
    this.silence.restart();
    this.listen();
    this.setState(on ? "hold" : "yours");
  }

  /** The microphone counts while somebody hears the operator. */
  listen() {
    const heard = this.phone.party === "customer" ? !this.phone.onHoldNow : this.phone.party !== "";
    this.ear.listening = heard && !this.muted;
  }

  async openMicrophone() {
    if (this.typingOnly) return;
    const waiting = setTimeout(() => this.notices.show("info", texts.allowMicrophone, null, "microphone"), 1500);
    try {
      await this.ear.open();
      this.notices.clear("microphone");
      this.listen();
      this.root.dataset.microphone = "on";
    } catch (error) {
      if (!(error instanceof NoMicrophone)) throw error;
      this.withoutMicrophone(error.reason);
    } finally {
      clearTimeout(waiting);
    }
  }

  withoutMicrophone(reason) {
    this.root.dataset.microphone = "off";
    const text = texts.microphone[reason] || texts.microphone.broken;
    this.notices.show("warn", text, { label: texts.retry, act: () => this.openMicrophone() }, "microphone");
    $("#typed").focus();
  }

  // --- what the page shows -----------------------------------------------------------------------------------------

  apply(call) {
    this.pendingCall = null;
    this.waitMs = call.wait_ms;
    this.silence.pauseS = call.pause_s;
    this.standing = call;
    if (call.state !== "ringing" && this.clockFrom === null) this.clockFrom = performance.now() - call.elapsed_ms;
    if (call.state === "wrap_up") this.toWrapUp(call);
    else if (call.state === "finished") window.location.assign(urls.review);
    else if (call.state === "live") {
      this.phone.showParty(call.party, call.takes);
      this.phone.showHold(call.on_hold, call.hold_ms);
      this.root.dataset.party = call.party || "nobody";
      this.listen();
      if (!this.pickedUp) this.offerToContinue();
      else if (this.sending.size) this.setState("thinking");
      else if (!this.player.playing) this.setState(this.standingState(call));
    }
  }

  standingState(call) {
    if (call.party === "") return "nobody";
    if (call.party === "customer" && call.on_hold) return "hold";
    return this.ear.speaking ? "listening" : "yours";
  }

  setState(state) {
    if (["wrap_up", "finished"].includes(this.state) && state !== "finished") return;
    this.state = state;
    this.root.dataset.state = state;
    $("#state").textContent = texts.states[state] || "";
  }

  /** The page was loaded in the middle of a call: sound and microphone need a press of a button first. */
  offerToContinue() {
    $("#answer-text").textContent = texts.callGoesOn;
    $("#answer-voice [data-label]").textContent = texts.continueSpeaking;
    $("#answer-typing [data-label]").textContent = texts.continueTyping;
  }

  toWrapUp(call) {
    this.setState("wrap_up");
    this.ear.close();
    this.phone.close();
    this.root.dataset.view = "screen";
    this.screen.show("form");
    this.writeUp.open(call);
  }

  elapsed() {
    return this.clockFrom === null ? 0 : performance.now() - this.clockFrom;
  }

  drawCall() {
    if (!this.pickedUp || this.state === "wrap_up") return;
    if (this.player.playing) this.wave.push(this.player.level(), "customer");
    else this.wave.push(this.ear.isOpen ? (this.heardLevel ?? -100) : -100, this.heardVoice ?? "quiet");
  }

  tick() {
    if (this.state === "wrap_up" || this.clockFrom === null) return;
    $("#timer").textContent = clock(this.elapsed() / 1000);
  }

  // --- keys and buttons --------------------------------------------------------------------------------------------

  bind() {
    const answer = async (typing) => {
      this.typingOnly = typing;
      $("#answer-voice").disabled = true;
      $("#answer-typing").disabled = true;
      this.player.openMeter();
      this.tones.stop();
      if (!typing) await this.openMicrophone();
      else this.root.dataset.microphone = "off";
      this.pickUp();
    };
    $("#answer-voice").addEventListener("click", () => answer(false));
    $("#answer-typing").addEventListener("click", () => answer(true));
    $("#answer-voice").disabled = false; // until now a press would have gone unheard
    $("#answer-typing").disabled = false;
    document.querySelectorAll("button[data-view]").forEach((button) =>
      button.addEventListener("click", () => {
        this.root.dataset.view = button.dataset.view;
      }),
    );
    if (data.state === "ringing" && !data.outbound) this.tones.play("ring", { loop: true, volume: 0.35 });
    const roots = [this.root, ...document.querySelectorAll("dialog")];
    this.focus = new FocusKeeper(roots, () => this.focusable());
    listenToKeys((element) => this.bringIntoSight(element));
    window.addEventListener("online", () => this.line.resume());
    window.addEventListener("beforeunload", (event) => {
      if (this.line.busy || this.sending.size) event.preventDefault();
    });
  }

  /** Where the keyboard goes on when its place disappeared: the write-up, the reply, or what the call is doing. */
  focusable() {
    const typing = this.root.dataset.microphone === "off" && !window.matchMedia("(pointer: coarse)").matches;
    const places = ["#wrap-up-title", ...(typing ? ["#typed"] : []), "#state", ".screen-tabs [aria-selected=true]"];
    return places.map((selector) => $(selector));
  }

  /** On a narrow screen one side is in sight at a time. */
  bringIntoSight(element) {
    if (element.closest(".console-call")) this.root.dataset.view = "call";
    else if (element.closest(".console-screen")) this.root.dataset.view = "screen";
  }

  controls() {
    return {
      typed: () => this.typed(),
      firstKey: () => {
        this.typingFrom ??= this.elapsed();
      },
      manner: (manner) => {
        this.ear.setManner(manner);
        this.root.dataset.manner = manner;
      },
      press: () => this.ear.press(),
      release: () => this.ear.release(),
      mute: (muted) => {
        this.muted = muted;
        this.listen();
        this.silence.restart();
        this.happen({ kind: muted ? "mute_on" : "mute_off" });
      },
      openMicrophone: () => {
        this.typingOnly = false;
        this.notices.clear();
        this.openMicrophone();
      },
    };
  }

  /** Take the ringing call, whose log begins here, or go on with one that was under way. */
  async pickUp() {
    this.pickedUp = true;
    this.clockFrom ??= performance.now();
    $("#answer").hidden = true;
    $("#talk").hidden = false;
    this.setState("yours");
    if (!$("#workscreen").contains(document.activeElement)) this.focusable().find((place) => place.offsetParent)?.focus();
    if (this.standing?.state === "live") this.apply(this.standing);
    else await this.line.send({ kind: "answer", path: urls.answer, body: {} });
  }
}

const page = new Console();
page.claim();
