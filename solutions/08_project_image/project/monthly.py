"""Write the mean weather of each month, in metric units, beside the table of days."""

import pandas as pd

days = pd.read_csv("weather.csv")
days["temperature_c"] = (days["temperature_f"] - 32) * 5 / 9
days["wind_ms"] = days["wind_mph"] * 0.44704
months = days.groupby("month")[["temperature_c", "wind_ms", "solar"]].mean()
months.to_csv("monthly_python.csv", float_format="%.2f")
print(months.round(2))
