"""The demo company: Kaiku Kuitu and its people, living through the product's own actions."""
