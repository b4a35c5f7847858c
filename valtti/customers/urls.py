"""Addresses of the customers' room."""

from __future__ import annotations

from django.urls import path

from valtti.customers.views import customer, deeds

app_name = "customers"
urlpatterns = [
    path("customers/", customer.customers, name="customers"),
    path("customers/<int:pk>/", customer.customer, name="customer"),
    path("customers/<int:pk>/details/", deeds.details, name="details"),
    path("customers/<int:pk>/contact-points/", deeds.contact_points, name="contact_points"),
    path("customers/<int:pk>/contact-points/<int:point>/", deeds.contact_point, name="contact_point"),
    path("customers/<int:pk>/consents/", deeds.consents, name="consents"),
    path("customers/<int:pk>/merges/", deeds.merges, name="merges"),
    path("customers/<int:pk>/merges/<int:merge>/undoing/", deeds.unmerging, name="unmerging"),
]
