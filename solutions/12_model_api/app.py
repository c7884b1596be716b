"""A model behind a web address: it takes a ticket and gives its label."""

from pathlib import Path

import joblib
from fastapi import FastAPI
from pydantic import BaseModel

MODEL = joblib.load(Path(__file__).parent / "model" / "tickets.joblib")
app = FastAPI()


class Ticket(BaseModel):
    text: str


@app.get("/health")
def health():
    return {"status": "ok"}


@app.post("/predict")
def predict(ticket: Ticket):
    return {"result": str(MODEL.predict([ticket.text])[0])}
