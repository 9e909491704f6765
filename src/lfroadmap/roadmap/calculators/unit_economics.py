"""Unit economics: the cost of a new customer against what a customer is worth."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lfroadmap.roadmap.calculators.formulas import formula

FORMULAS = (
    formula("cac = spend ÷ customers"),
    formula("ltv = monthly_value × months"),
    formula("ratio = ltv ÷ cac"),
    formula("payback = cac ÷ monthly_value"),
    formula("roi = ( customers × ltv − spend ) ÷ spend"),
)


@dataclass(frozen=True, slots=True)
class UnitEconomics:
    """Money spent on new customers in a period, and what they bring; no number is negative."""

    spend: Fraction
    """Spent on sales and marketing in the period."""
    customers: int
    """Customers who bought for the first time in it."""
    value: Fraction
    """What a customer brings in a month: gross profit, or else revenue."""
    months: Fraction
    """How long a customer stays."""

    @property
    def cac(self) -> Fraction | None:
        """Cost of a new customer; None without one."""
        return self.spend / self.customers if self.customers else None

    @property
    def ltv(self) -> Fraction:
        """Lifetime value of a customer."""
        return self.value * self.months

    @property
    def ratio(self) -> Fraction | None:
        """Lifetime value by cost of a customer; None where that is nothing or unknown."""
        return self.ltv / self.cac if self.cac else None

    @property
    def payback(self) -> Fraction | None:
        """Months until a customer has brought what they cost; None where they never do, or it is unknown."""
        if self.cac is None or (self.cac and not self.value):
            return None
        return self.cac / self.value if self.cac else Fraction(0)

    @property
    def is_paid_back(self) -> bool:
        """True if a customer stays long enough to bring what they cost."""
        return self.payback is not None and self.payback <= self.months

    @property
    def roi(self) -> Fraction | None:
        """What all new customers bring beyond the spending, by the spending; None where nothing is spent."""
        return (self.customers * self.ltv - self.spend) / self.spend if self.spend else None
