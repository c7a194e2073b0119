"use strict";
const play = JSON.parse(document.getElementById("play").textContent);
const heading = document.createElement("h1");
heading.textContent = play.title;
document.getElementById("main").append(heading);
